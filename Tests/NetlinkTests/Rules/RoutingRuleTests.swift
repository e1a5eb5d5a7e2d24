import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Routing rules` {
    private static func examples(_ family: IPFamily) -> [RoutingRule] {
        let wide = RouteTable(rawValue: 100_000)
        let from: CIDR = family == .v4 ? "10.1.0.0/16" : "fd01::/64"
        let to: CIDR = family == .v4 ? "10.2.0.0/24" : "fd02::/48"
        let matching = [
            RoutingRule(family, priority: 100, .lookUp(wide), from: from, to: to, origin: .test),
            RoutingRule(
                family, priority: 101, .lookUp(.main), mark: .init(0x10, mask: 0xF0), input: "lo",
                output: "none0", origin: .test, isInverted: true),
            RoutingRule(
                family, priority: 102, .lookUp(.main), origin: .test, suppressedPrefixLength: 0),
        ]
        let actions: [RoutingRule.Action] = [
            .blackhole, .unreachable, .prohibit, .jump(32766), .nothing,
        ]
        return matching
            + actions.enumerated().map { index, action in
                RoutingRule(family, priority: 110 + UInt32(index), action, origin: .test)
            }
    }

    @Test(arguments: [IPFamily.v4, .v6])
    func `a rule is read back as it was written`(family: IPFamily) throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let written = Self.examples(family)
            try routes.run(written.map(Request.add))
            #expect(try routes.list(.rules(family)).filter { $0.origin == .test } == written)

            let taken = #expect(throws: NetlinkError.self) { try routes.run(.add(written[0])) }
            #expect(taken?.errno == .exists)
            try routes.run(written.map(Request.delete))
            #expect(try routes.list(.rules(family)).filter { $0.origin == .test }.isEmpty)
            let gone = #expect(throws: NetlinkError.self) { try routes.run(.delete(written[0])) }
            #expect(gone?.isAbsence == true)
        }
    }

    @Test func `ip shows what was written`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            try routes.run(Self.examples(.v4).map(Request.add))
            let shown = try host.ip("rule list")
            #expect(shown.contains("from 10.1.0.0/16 to 10.2.0.0/24 lookup 100000 proto 87"))
            #expect(shown.contains("not from all fwmark 0x10/0xf0 iif lo oif none0"))
            #expect(shown.contains("goto 32766") && shown.contains("suppress_prefixlength 0"))
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
