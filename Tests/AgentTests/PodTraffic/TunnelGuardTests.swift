import Network
import Platform
import TestSupport
import Testing

@testable import Agent

@Suite("R13: nodes alone send to the tunnels' port", .requiresRoot)
struct TunnelGuardTests {
    private func node(_ number: Int, _ family: IPFamily, port: Int) throws -> AddressAndPort {
        try AddressAndPort(
            validating: family == .v4
                ? "192.0.2.\(number):\(port)" : "[2001:db8::\(number)]:\(port)")
    }

    private func isAnswered(
        _ host: Host, _ target: AddressAndPort, _ transport: TransportProtocol = .udp
    ) -> Bool {
        (try? host.ask(transport, target, within: .milliseconds(300))) != nil
    }

    @Test("by sender", arguments: IPFamily.allCases)
    func senders(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            let before = try [lab.node, lab.peer].map { try $0.serve(.udp, 4789) }
            let (own, other) = (try node(1, family, port: 4789), try node(2, family, port: 4789))
            #expect(isAnswered(lab.outside, own) && isAnswered(lab.pod, other))

            try lab.install()
            #expect(isAnswered(lab.peer, own))
            #expect(isAnswered(lab.node, other))
            #expect(!isAnswered(lab.outside, own))
            #expect(!isAnswered(lab.otherPod, own), "a pod, by its node")
            #expect(!isAnswered(lab.pod, own))
            #expect(!isAnswered(lab.pod, other), "the other node has no rules: dropped on the way")
            withExtendedLifetime(before) {}
        }
    }

    @Test("other ports and protocols are none of its business", arguments: IPFamily.allCases)
    func others(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            try lab.install()
            let servers = [try lab.node.serve(.tcp, 4789), try lab.node.serve(.udp, 53)]
            #expect(try isAnswered(lab.outside, node(1, family, port: 4789), .tcp))
            #expect(try isAnswered(lab.pod, node(1, family, port: 53)))
            withExtendedLifetime(servers) {}
        }
    }

    @Test("a pod cannot say that it is a node", arguments: [1, 2])
    func spoofing(_ target: Int) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            // The kernel's own check would do, were it on.
            try lab.node.run {
                for scope in ["all", "weft000000000a1"] {
                    try Sysctl("net.ipv4.conf.\(scope).rp_filter").write("0")
                }
            }
            try lab.pod.ip("addr add 192.0.2.3/32 dev lo")
            try lab.node.nft(
                """
                table inet seen {
                    chain one {
                        type filter hook input priority 1;
                        udp dport 4789 counter
                    }
                    chain two {
                        type filter hook forward priority 1;
                        udp dport 4789 counter
                    }
                }

                """)
            let from = try AddressAndPort(validating: "192.0.2.3:999")
            func seen() throws -> Int {
                _ = try? lab.pod.ask(
                    .udp, node(target, .v4, port: 4789), from: from, within: .milliseconds(50))
                let text = try lab.node.nft("list table inet seen\n")
                return text.split(separator: "counter packets ").dropFirst()
                    .compactMap { Int($0.prefix { $0.isNumber }) }.reduce(0, +)
            }
            #expect(try seen() == 1)
            let nodes = TrafficLab.objects + [numberedNode("c", 3)]
            try lab.install(nodes: nodes)
            #expect(try seen() == 1)
        }
    }
}
