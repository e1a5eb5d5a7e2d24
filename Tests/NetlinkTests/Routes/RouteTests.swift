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
        let addresses = [
            ("10.0.0.1/24", first), ("10.0.1.1/24", second), ("fd00:0::1/64", first),
            ("fd00:1::1/64", second),
        ]
        for (address, link) in addresses {
            try routes.run(
                .add(InterfaceAddress(try .test(address), on: link, flags: .noDuplicateDetection)))
        }
        return (first, second)
    }

    /// IPv4 routes of every form with one next hop or none.
    private static func forms(
        _ origin: RouteProtocol, _ a: LinkIndex, _ b: LinkIndex
    ) throws -> [Route] {
        let wide = RouteTable(rawValue: 100_000)
        let metrics = Route.Metrics(mtu: 1400, advertisedMSS: 1300)
        return [
            Route(try .test("10.7.0.0/16"), via: try .test("10.0.0.2"), on: a, origin: origin),
            Route(
                try .test("10.8.0.0/16"), on: a, origin: origin,
                source: try .test("10.0.1.1"), metric: 50, metrics: metrics),
            Route(
                try .test("0.0.0.0/0"), via: try .test("192.0.2.1"), on: a, flags: .onLink,
                table: wide, origin: origin),
            Route(
                try .test("10.10.0.0/16"), via: try .test("fd00:0::2"), on: a, origin: origin),
            Route(try .test("10.12.0.0/16"), [], type: .blackhole, origin: origin),
            Route(try .test("10.13.0.0/16"), [], type: .unreachable, origin: origin),
            Route(try .test("10.14.0.0/16"), [], type: .prohibit, origin: origin),
            Route(try .test("10.15.0.0/16"), [], type: .throw, origin: origin),
        ]
    }

    /// IPv4 routes with several next hops each.
    private static func forks(
        _ origin: RouteProtocol, _ a: LinkIndex, _ b: LinkIndex
    ) throws -> [Route] {
        [
            Route(
                try .test("10.9.0.0/16"),
                [
                    NextHop(try .test("10.0.0.3"), on: a),
                    NextHop(try .test("10.0.1.3"), on: b, weight: 256),
                ],
                origin: origin),
            Route(
                try .test("10.11.0.0/16"),
                [
                    NextHop(try .test("fd00:0::3"), on: a),
                    NextHop(try .test("10.0.1.4"), on: b, flags: .onLink),
                ],
                origin: origin),
        ]
    }

    @Test func `a route is read back as it was written`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let (a, b) = try Self.prepare(&routes)
            let origin = RouteProtocol(rawValue: 87)
            let written = try Self.forms(origin, a, b) + Self.forks(origin, a, b)
            try routes.run(written.map(Request.add))
            let read = try routes.list(.routes(.v4, origin: origin))
            for route in written { #expect(read.contains(route), "\(route)") }
            #expect(read.count == written.count)

            let shown = try host.ip("route show table all proto 87")
            #expect(shown.contains("10.10.0.0/16 via inet6 fd00::2 dev a"))
            #expect(shown.contains("nexthop via 10.0.1.3 dev b weight 256"))
            #expect(
                shown.contains(
                    "10.8.0.0/16 dev a scope link src 10.0.1.1 metric 50 mtu 1400 advmss 1300"))
            #expect(shown.contains("default via 192.0.2.1 dev a table 100000 onlink"))

            try routes.run(read.map(Request.delete))
            #expect(try routes.list(.routes(.v4, origin: origin)).isEmpty)
        }
    }

    @Test func `an IPv6 route is read back as it was written`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let (a, b) = try Self.prepare(&routes)
            let origin = RouteProtocol(rawValue: 87)
            let written = [
                Route(
                    try .test("fd07::/64"), via: try .test("fd00:0::2"), on: a, origin: origin,
                    metric: 1024),
                Route(
                    try .test("::/0"), via: try .test("fd00:1::2"), on: b,
                    table: RouteTable(rawValue: 300), origin: origin, metric: 5),
                Route(
                    try .test("fd08::/64"),
                    [
                        NextHop(try .test("fd00:0::3"), on: a),
                        NextHop(try .test("fd00:1::3"), on: b, weight: 3),
                    ],
                    origin: origin, metric: 1024),
            ]
            try routes.run(written.map(Request.add))
            let read = try routes.list(.routes(.v6, origin: origin))
            for route in written { #expect(read.contains(route), "\(route)") }
            #expect(read.count == written.count)
            try routes.run(read.map(Request.delete))
            #expect(try routes.list(.routes(.v6, origin: origin)).isEmpty)
        }
    }

    @Test func `the kernel filters lists`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, b) = try Self.prepare(&routes)
            let table = RouteTable(rawValue: 1000)
            try routes.run(
                .add(Route(try .test("10.7.0.0/16"), on: a, table: table)),
                .add(Route(try .test("10.8.0.0/16"), on: b, table: table)),
                .add(Route(try .test("10.9.0.0/16"), [], type: .blackhole, table: table)))
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
            let destination = try CIDR.test("10.7.0.0/16")
            let first = Route(destination, via: try .test("10.0.0.2"), on: a)
            let second = Route(destination, via: try .test("10.0.1.2"), on: b)
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
                .add(Route(try .test("0.0.0.0/0"), via: try .test("10.0.0.2"), on: a)),
                .add(
                    Route(try .test("0.0.0.0/0"), via: try .test("10.0.1.2"), on: b, table: table)),
                .add(RoutingRule(.v4, priority: 100, .lookUp(table), mark: .init(7))))
            let plain = try #require(try routes.find(.route(to: try .test("1.2.3.4"))))
            #expect(plain.hops == [NextHop(try .test("10.0.0.2"), on: a)])
            #expect(plain.table == .main && "\(plain.source as Any)".contains("10.0.0.1"))
            let marked = try #require(try routes.find(.route(to: try .test("1.2.3.4"), mark: 7)))
            #expect(marked.hops.first?.link == b && marked.table == table)
            let local = try #require(try routes.find(.route(to: try .test("10.0.0.1"))))
            #expect(local.type == .local && local.hops.first?.link == .loopback)
            let arriving = try #require(
                try routes.find(
                    .route(to: try .test("10.0.1.1"), from: try .test("10.0.0.9"), arrivingOn: a)))
            #expect(arriving.type == .local)
            #expect(throws: NetlinkError.self) {
                _ = try routes.find(.route(to: try .test("fd77::1")))
            }
        }
    }

    @Test func `a bad route is refused with the kernel's words`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let (a, _) = try Self.prepare(&routes)
            let route = Route(try .test("10.7.0.0/16"), via: try .test("192.0.2.9"), on: a)
            let error = #expect(throws: NetlinkError.self) { try routes.run(.add(route)) }
            #expect(error?.errno == .networkUnreachable)
            #expect(error?.text == "Nexthop has invalid gateway")
            #expect(error?.description.contains("10.7.0.0/16 via 192.0.2.9 on link") == true)
        }
    }
}
