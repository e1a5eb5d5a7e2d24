import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Pods' traffic takes the node's address where it leaves", .requiresRoot)
struct MasqueradeTests {
    private static let cases = TransportProtocol.allCases.flatMap { transport in
        IPFamily.allCases.map { (transport, $0) }
    }

    private func part(_ keys: String = "") throws -> MasqueradePart {
        try MasqueradePart(NetworkConfiguration(#""ipMasq": true"# + keys))
    }

    private func outside(_ family: IPFamily) throws -> AddressAndPort {
        try AddressAndPort(validating: family == .v4 ? "192.0.2.2:80" : "[2001:db8::2]:80")
    }

    @Test("what leaves has the node's address", arguments: cases)
    func leaving(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let server = try lab.outside.serve(transport, 80)
            for pod in [try lab.pod(1), try lab.routedPod(2)] {
                try lab.node.add(part(), for: pod)
                let reply = try #require(pod.host).ask(transport, outside(family))
                #expect("\(reply.client.address)" == PortLab.nodeAddresses[family == .v4 ? 0 : 1])
            }
            extendLifetime(server)
        }
    }

    @Test("what stays in the subnet keeps its address", arguments: cases)
    func inSubnet(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            // Routed, so that the node sees what passes between them.
            let (one, two) = (try lab.routedPod(1), try lab.routedPod(2))
            let inSubnet = try PortPod("c1", ["10.2.0.2/20", "fd00:10:2::2/60"], host: one.host)
            try lab.node.add(part(), for: inSubnet)
            let servers = [
                try #require(two.host).serve(transport, 80), try lab.outside.serve(transport, 80),
            ]
            let reply = try #require(one.host).ask(
                transport, AddressAndPort(try two.address(family), 80))
            #expect(try reply.client.address == one.address(family))
            let left = try #require(one.host).ask(transport, outside(family))
            #expect("\(left.client.address)" == PortLab.nodeAddresses[family == .v4 ? 0 : 1])
            extendLifetime(servers)
        }
    }

    @Test("CHECK of a routed pod, whose result tells no subnet, finds it in the table")
    func routedCheck() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try node.add(part(), for: PortPod("c1", ["10.2.0.2/20", "fd00:10:2::2/60"]))
            let routed = try PortPod("c1", ["10.2.0.2/32", "fd00:10:2::2/128"])
            try node.check(part(), for: routed)
            try node.nft("flush chain inet weft-cni outside-10.2.0.0/20\n")
            #expect(throws: CNIError.self) { try node.check(part(), for: routed) }
        }
    }

    @Test("nonMasqueradeCIDRs keep their sources", arguments: IPFamily.allCases)
    func exceptions(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            try lab.outside.route("10.1.0.0/16", via: "192.0.2.1")
            try lab.outside.route("fd00:10:1::/64", via: "2001:db8::1")
            let server = try lab.outside.serve(.tcp, 80)
            let keys = #", "nonMasqueradeCIDRs": ["192.0.2.0/25", "2001:db8::/32"]"#
            try lab.node.add(part(keys), for: pod)
            let reply = try #require(pod.host).ask(.tcp, outside(family))
            #expect(try reply.client.address == pod.address(family))
            extendLifetime(server)
        }
    }

    @Test("multicast keeps its source, for the rule says so in both families")
    func multicast() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try node.add(part(), for: PortPod("c1", ["10.1.0.2/16", "fd00::2/64"]))
            let ruleset = try node.ruleset
            #expect(ruleset.contains("ip daddr 224.0.0.0/4 return"))
            #expect(ruleset.contains("ip6 daddr ff00::/8 return"))
        }
    }

    @Test("without ipMasq nothing is made")
    func unwanted() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try node.add(
                MasqueradePart(NetworkConfiguration("")), for: PortPod("c1", ["10.1.0.2/16"]))
            #expect(try node.ruleset == "")
        }
    }

    @Test("an address whose last owner was never removed goes to the new one")
    func staleOwner() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let (old, new) = (
                try PortPod("old", ["10.1.0.2/16"]), try PortPod("new", ["10.1.0.2/16"])
            )
            try node.add(part(), for: old)
            try node.add(part(), for: new)
            try node.check(part(), for: new)
            try node.remove(MasqueradePart.self, for: old)
            try node.check(part(), for: new)
            try node.remove(MasqueradePart.self, for: new)
            #expect(try node.ruleset == "")
        }
    }

    @Test("impossible keys are refused by name")
    func badKeys() throws {
        let cases = [
            (#""ipMasq": 1"#, "ipMasq is not valid"),
            (#""ipMasqBackend": "ebpf""#, "ipMasqBackend is not valid"),
            (#""nonMasqueradeCIDRs": "10.0.0.0/8""#, "nonMasqueradeCIDRs is not valid"),
            (#""nonMasqueradeCIDRs": ["10.0.0.0/40"]"#, "nonMasqueradeCIDRs[0] is not valid"),
        ]
        for (keys, message) in cases {
            let error = #expect(throws: CNIError.self) {
                try MasqueradePart(NetworkConfiguration(keys))
            }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message == message)
        }
    }
}
