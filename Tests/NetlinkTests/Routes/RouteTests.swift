import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Routes` {
    /// Two links with addresses of both families.
    private static func prepare(_ routes: inout RouteSocket) throws -> (LinkIndex, LinkIndex) {
        let first = try routes.pair("a", "a1")
        let second = try routes.pair("b", "b1")
        let addresses: [(CIDR, LinkIndex)] = [
            ("10.0.0.1/24", first), ("10.0.1.1/24", second), ("fd00:0::1/64", first),
            ("fd00:1::1/64", second),
        ]
        try routes.run(
            addresses.map { address, link in
                .add(InterfaceAddress(address, on: link, flags: .noDuplicateDetection))
            })
        return (first, second)
    }

    @Test(arguments: [IPFamily.v4, .v6])
    func `a route is read back as it was written`(family: IPFamily) throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let written = family == .v4 ? Route.examples(a, b) : Route.examples6(a, b)
            try routes.run(written.map(Request.add))
            let read = try routes.list(.routes(family, origin: .test))
            for route in written { #expect(read.contains(route), "\(route)") }
            #expect(read.count == written.count)
            try routes.run(read.map(Request.delete))
            #expect(try routes.list(.routes(family, origin: .test)).isEmpty)
        }
    }

    @Test(arguments: [
        "10.10.0.0/16 via inet6 fd00::2 dev a", "nexthop via 10.0.1.3 dev b weight 256",
        "10.8.0.0/16 dev a scope link src 10.0.1.1 metric 50 mtu 1400 advmss 1300",
        "default via 192.0.2.1 dev a table 100000 onlink", "prohibit 10.14.0.0/16",
    ])
    func `ip shows what was written`(words: String) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let (a, b) = try Self.prepare(&routes)
            try routes.run(Route.examples(a, b).map(Request.add))
            #expect(try host.ip("route show table all proto 87").contains(words))
        }
    }

    @Test func `the kernel filters lists`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let table = RouteTable(rawValue: 1000)
            try routes.run(
                .add(Route("10.7.0.0/16", on: a, table: table)),
                .add(Route("10.8.0.0/16", on: b, table: table)),
                .add(Route("10.9.0.0/16", [], type: .blackhole, table: table)))
            func destinations(_ query: Query<Route>) throws -> Set<String> {
                Set(try routes.list(query).map { "\($0.destination)" })
            }
            #expect(try destinations(.routes(.v4, table: table)).count == 3)
            #expect(try destinations(.routes(.v4, table: table, on: b)) == ["10.8.0.0/16"])
            #expect(
                try destinations(.routes(.v4, table: table, type: .blackhole)) == ["10.9.0.0/16"])
            #expect(try destinations(.routes(.v4, table: .main)) == ["10.0.0.0/24", "10.0.1.0/24"])
            #expect(try destinations(.routes(.v4, origin: .static)).count == 3)
            #expect(try destinations(.routes(.v4, table: RouteTable(rawValue: 4242))).isEmpty)
            #expect(try destinations(.routes(.v6, table: RouteTable(rawValue: 4242))).isEmpty)
        }
    }

    @Test func `routes are replaced, appended and deleted`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let destination = CIDR(stringLiteral: "10.7.0.0/16")
            let first = Route(destination, via: "10.0.0.2", on: a)
            let second = Route(destination, via: "10.0.1.2", on: b)
            try routes.run(.add(first))
            let taken = #expect(throws: NetlinkError.self) { try routes.run(.add(second)) }
            #expect(taken?.errno == .exists)
            try routes.run(.replace(second))
            let found = { (routes: inout RouteSocket) in
                try routes.list(.routes(.v4, table: .main)).filter { $0.destination == destination }
            }
            #expect(try found(&routes) == [second])
            try routes.run(.append(first))
            #expect(try found(&routes) == [second, first])

            let any = Route(
                destination, [], type: .unspecified, origin: .unspecified, scope: .nowhere)
            try routes.run(.delete(any), .delete(any))
            #expect(try found(&routes).isEmpty)
            let gone = #expect(throws: NetlinkError.self) { try routes.run(.delete(any)) }
            #expect(gone?.isAbsence == true && gone?.subject == "10.7.0.0/16")
        }
    }

    @Test func `the kernel tells the way to a destination`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let table = RouteTable(rawValue: 500)
            try routes.run(
                .add(Route("0.0.0.0/0", via: "10.0.0.2", on: a)),
                .add(
                    Route("0.0.0.0/0", via: "10.0.1.2", on: b, table: table)),
                .add(RoutingRule(.v4, priority: 100, .lookUp(table), mark: .init(7))))
            let plain = try #require(try routes.find(.route(to: "1.2.3.4")))
            #expect(plain.hops == [NextHop("10.0.0.2", on: a)])
            #expect(plain.table == .main && "\(plain.source as Any)".contains("10.0.0.1"))
            let marked = try #require(try routes.find(.route(to: "1.2.3.4", mark: 7)))
            #expect(marked.hops.first?.link == b && marked.table == table)
            let local = try #require(try routes.find(.route(to: "10.0.0.1")))
            #expect(local.type == .local && local.hops.first?.link == .loopback)
            let arriving = try #require(
                try routes.find(
                    .route(to: "10.0.1.1", from: "10.0.0.9", arrivingOn: a)))
            #expect(arriving.type == .local)
            let error = #expect(throws: NetlinkError.self) {
                _ = try routes.find(.route(to: "fd77::1"))
            }
            #expect(error?.errno == .networkUnreachable)
        }
    }

    @Test func `the way to an IPv6 address is the one the kernel takes`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let table = RouteTable(rawValue: 500)
            try routes.run(
                .add(Route("::/0", via: "fd00::2", on: a)),
                .add(Route("::/0", via: "fd00:1::2", on: b, table: table)),
                .add(RoutingRule(.v6, priority: 100, .lookUp(table), mark: .init(7))))
            let plain = try #require(try routes.find(.route(to: "2001:db8::1")))
            #expect(plain.hops == [NextHop("fd00::2", on: a)] && plain.table == .main)
            let marked = try #require(try routes.find(.route(to: "2001:db8::1", mark: 7)))
            #expect(marked.hops.first?.link == b && marked.table == table)
        }
    }

    @Test func `a bad route is refused with the kernel's words`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, _) = try Self.prepare(&routes)
            let route = Route("10.7.0.0/16", via: "192.0.2.9", on: a)
            let error = #expect(throws: NetlinkError.self) { try routes.run(.add(route)) }
            #expect(error?.errno == .networkUnreachable)
            #expect(error?.text == "Nexthop has invalid gateway")
            #expect(error?.description.contains("10.7.0.0/16 via 192.0.2.9 on link") == true)
        }
    }
}
