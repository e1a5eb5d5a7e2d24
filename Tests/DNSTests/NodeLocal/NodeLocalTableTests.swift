import NFTables
import Network
import TestSupport
import Testing

@testable import DNS

@Suite(.requiresRoot) struct `The rules of a node's own server` {
    private static let points: Set<NodeLocalPlan.Point> = [
        .init(address: .v4(IPv4Address(169, 254, 20, 10)), transport: .udp, port: 53),
        .init(address: .v4(IPv4Address(10, 96, 0, 10)), transport: .tcp, port: 853),
        .init(address: .v6(IPv6Address(high: 0xFD00 << 48, low: 10)), transport: .udp, port: 53),
    ]
    private let table = NodeLocalTable(points, isOwned: false)

    /// What a person would write for it.
    private static let text = """
        table inet weft-dns {
        \tcomment "queries to this node; written by weft dns"
        \tset points4 {
        \t\ttype ipv4_addr . inet_proto . inet_service
        \t\telements = { 10.96.0.10 . tcp . 853,
        \t\t\t     169.254.20.10 . udp . 53 }
        \t}

        \tset points6 {
        \t\ttype ipv6_addr . inet_proto . inet_service
        \t\telements = { fd00::a . udp . 53 }
        \t}

        \tchain prerouting {
        \t\ttype filter hook prerouting priority raw; policy accept;
        \t\tip daddr . meta l4proto . th dport @points4 notrack
        \t\tip6 daddr . meta l4proto . th dport @points6 notrack
        \t}

        \tchain output {
        \t\ttype filter hook output priority raw; policy accept;
        \t\tip daddr . meta l4proto . th dport @points4 notrack
        \t\tip6 daddr . meta l4proto . th dport @points6 notrack
        \t\tip saddr . meta l4proto . th sport @points4 notrack
        \t\tip6 saddr . meta l4proto . th sport @points6 notrack
        \t}
        }

        """

    /// The words alone: nft orders elements as the kernel's hash table has them.
    private func words(_ text: String) -> [String] {
        text.split { " \n\t,".contains($0) }.map(String.init).sorted()
    }

    @Test func `nft reads of the kernel what was meant`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            try host.run {
                var ruleset = try KernelRuleset()
                try ruleset.apply(table.change(from: nil))
            }
            let listed = try host.nft("list table inet weft-dns")
            #expect(words(listed) == words(Self.text))
        }
    }

    @Test func `what nft makes of the same words needs no change`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            try host.nft(Self.text)
            let change = try host.run { () throws -> Transaction in
                var ruleset = try KernelRuleset()
                return table.change(from: try ruleset.contents(of: NodeLocalTable.name))
            }
            #expect(change.isEmpty, "\(change)")
        }
    }

    @Test(arguments: [
        "flush chain inet weft-dns output",
        "delete element inet weft-dns points6 { fd00::a . udp . 53 }",
        "add element inet weft-dns points4 { 10.0.0.1 . udp . 53 }",
        "add rule inet weft-dns prerouting accept", "add chain inet weft-dns other",
        "add set inet weft-dns other { type mark; }", "add table inet weft-dns { flags dormant; }",
    ])
    func `whatever is changed in it is put right`(command: String) throws {
        try withLab { lab in
            let host = try lab.host("host")
            let changes = try host.run { () throws -> [Transaction] in
                var ruleset = try KernelRuleset()
                var changes: [Transaction] = []
                try ruleset.apply(table.change(from: nil))
                try host.nft(command)
                for _ in 0..<2 {
                    let held = try ruleset.contents(of: NodeLocalTable.name)
                    changes.append(table.change(from: held))
                    try ruleset.apply(changes[changes.count - 1])
                }
                return changes
            }
            #expect(changes.map(\.isEmpty) == [false, true])
        }
    }
}
