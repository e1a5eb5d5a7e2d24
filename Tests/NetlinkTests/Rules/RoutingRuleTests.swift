import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Routing rules` {
    @Test(arguments: [IPFamily.v4, .v6])
    func `a rule is read back as it was written`(family: IPFamily) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let (from, to) =
                family == .v4 ? ("10.1.0.0/16", "10.2.0.0/24") : ("fd01::/64", "fd02::/48")
            let wide = RouteTable(rawValue: 100_000)
            let origin = RouteProtocol(rawValue: 87)
            let written = [
                RoutingRule(
                    family, priority: 100, .lookUp(wide), from: try .test(from), to: try .test(to),
                    origin: origin),
                RoutingRule(
                    family, priority: 101, .lookUp(.main), mark: .init(0x10, mask: 0xF0),
                    input: try .test("lo"), output: try .test("none0"), origin: origin,
                    isInverted: true),
                RoutingRule(
                    family, priority: 102, .lookUp(.main), origin: origin, suppressedPrefixLength: 0
                ),
                RoutingRule(family, priority: 103, .blackhole, origin: origin),
                RoutingRule(family, priority: 104, .unreachable, origin: origin),
                RoutingRule(family, priority: 105, .prohibit, origin: origin),
                RoutingRule(family, priority: 106, .jump(32766), origin: origin),
                RoutingRule(family, priority: 107, .nothing, origin: origin),
            ]
            try routes.run(written.map(Request.add))
            let read = try routes.list(.rules(family)).filter { $0.origin == origin }
            #expect(read == written)
            let shown = try host.ip("\(family == .v4 ? "-4" : "-6") rule list")
            #expect(shown.contains("from \(from) to \(to) lookup 100000 proto 87"))
            #expect(shown.contains("not from all fwmark 0x10/0xf0 iif lo oif none0"))

            let taken = #expect(throws: NetlinkError.self) { try routes.run(.add(written[0])) }
            #expect(taken?.errno == .exists)
            try routes.run(written.map(Request.delete))
            #expect(try routes.list(.rules(family)).filter { $0.origin == origin }.isEmpty)
            let gone = #expect(throws: NetlinkError.self) { try routes.run(.delete(written[0])) }
            #expect(gone?.isAbsence == true)
        }
    }

    @Test func `the kernel's own rules are there`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let rules = try routes.list(.rules(.v4))
            #expect(rules.map(\.priority) == [0, 32766, 32767])
            #expect(rules.map(\.action) == [.lookUp(.local), .lookUp(.main), .lookUp(.default)])
        }
    }
}
