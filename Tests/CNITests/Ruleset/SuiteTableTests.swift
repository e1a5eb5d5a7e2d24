import NFTables
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("The suite's table holds pods as elements", .requiresRoot)
struct SuiteTableTests {
    private func publishing(_ port: Int = 8080) throws -> HostPortPart {
        try HostPortPart(.publishing(.mapping(port, to: 80), .mapping(port, to: 53, .udp)))
    }

    private func masquerading() throws -> MasqueradePart {
        try MasqueradePart(NetworkConfiguration(#""ipMasq": true"#))
    }

    private func pod(_ number: Int, network: String = "pods") throws -> PortPod {
        let addresses = ["10.1.\(number / 250).\(number % 250 + 2)/16", "fd00::\(number + 2)/64"]
        return try PortPod("c\(number)", network: network, addresses)
    }

    private func add(_ number: Int, on node: Host, network: String = "pods") throws {
        let pod = try pod(number, network: network)
        try node.add(publishing(10_000 + number), for: pod)
        try node.add(masquerading(), for: pod)
    }

    private func remove(_ pod: PortPod, on node: Host) throws {
        try node.remove(HostPortPart.self, for: pod)
        try node.remove(MasqueradePart.self, for: pod)
    }

    @Test("C25: after DEL without previous result the ruleset is as before, any number of times")
    func removal() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try node.nft("table ip others { chain c { type filter hook input priority 0; }; }\n")
            let before = try node.ruleset
            let pods = [try pod(1), try PortPod("c2", ["10.3.0.2/32", "fd00:3::2/128"])]
            for (port, pod) in zip([8081, 8082], pods) {
                // Each verb twice.
                for _ in 1...2 {
                    try node.add(publishing(port), for: pod)
                    try node.add(masquerading(), for: pod)
                    try node.check(publishing(port), for: pod)
                    try node.check(masquerading(), for: pod)
                }
            }
            #expect(try node.ruleset != before)
            for pod in pods { for _ in 1...2 { try remove(pod, on: node) } }
            #expect(try node.ruleset == before)
        }
    }

    @Test("what only a removed pod needed goes with it, and nothing else")
    func chains() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let other = try PortPod("other", ["10.3.0.2/24"])
            try add(1, on: node)
            let before = try node.ruleset
            try node.add(masquerading(), for: other)
            try node.add(publishing(), for: other)
            #expect(try node.ruleset.contains("chain outside-10.3.0.0/24"))
            #expect(try node.ruleset.contains("chain inside-10.3.0.0/24"))
            try remove(other, on: node)
            #expect(try node.ruleset == before)
        }
    }

    @Test("a chain and a set that somebody else uses stay, and DEL succeeds")
    func foreignUse() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try add(1, on: node)
            try node.add(masquerading(), for: PortPod("other", ["10.3.0.2/24"]))
            try node.nft(
                """
                add chain inet weft-cni mine
                add rule inet weft-cni mine goto inside-10.1.0.0/16
                add rule inet weft-cni mine ip saddr @outside-10.1.0.0/16 accept
                """ + "\n")
            try remove(pod(1), on: node)
            #expect(try node.ruleset.contains("chain inside-10.1.0.0/16"))
            #expect(try node.ruleset.contains("set outside-10.1.0.0/16"))
            #expect(try !node.ruleset.contains("pods/c1/eth0"))
        }
    }

    @Test("nft lists the table and reads it back unchanged, owners and all")
    func reload() throws {
        try withLab { lab in
            let node = try lab.host("node")
            for number in 1...3 { try add(number, on: node) }
            let routed = try PortPod("routed", ["10.3.0.2/32", "fd00:3::2/128"])
            let mapping = String.mapping(7000, to: 70, .sctp, hostIP: "192.0.2.1")
            let part = try HostPortPart(.publishing(mapping))
            let keys = #""ipMasq": true, "nonMasqueradeCIDRs": ["10.0.0.0/9", "0.0.0.0/0"]"#
            let masquerade = try MasqueradePart(NetworkConfiguration(keys))
            try node.add(part, for: routed)
            try node.add(masquerade, for: routed)
            let before = try node.ruleset
            try node.nft("flush ruleset\n\(before)")
            #expect(try node.ruleset == before)
            try node.check(part, for: routed)
            try node.check(masquerade, for: routed)
            try node.check(publishing(10_001), for: pod(1))
            for pod in [routed] + (try (1...3).map { try pod($0) }) { try remove(pod, on: node) }
            #expect(try node.ruleset == "")
        }
    }

    @Test("a longest possible owner is read back by nft")
    func longestOwner() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let (network, container) = (
                String(repeating: "n", count: 47), String(repeating: "c", count: 64)
            )
            let pod = try PortPod(
                container, network: network, interface: "fifteencharacte", ["10.1.0.2/16"])
            try node.add(masquerading(), for: pod)
            let before = try node.ruleset
            #expect(before.contains("\"\(network)/\(container)/fifteencharacte\""))
            try node.nft("flush ruleset\n\(before)")
            try node.remove(MasqueradePart.self, for: pod)
            #expect(try node.ruleset == "")
        }
    }

    @Test("C28: GC removes the elements of this network's lost pods, and no others")
    func garbage() throws {
        try withLab { lab in
            let node = try lab.host("node")
            for number in 1...3 { try add(number, on: node) }
            try add(4, on: node, network: "pods2")
            let kept = try pod(2).call.attachment
            try node.run {
                for _ in 1...2 {
                    let network = try NetworkConfiguration("")
                    try HostPortPart.collectGarbage(of: network, keeping: [kept])
                    try MasqueradePart.collectGarbage(of: network, keeping: [kept])
                }
            }
            let ruleset = try node.ruleset
            let owners = ["pods/c1/eth0", "pods/c2/eth0", "pods/c3/eth0", "pods2/c4/eth0"]
            #expect(owners.filter(ruleset.contains) == [owners[1], owners[3]])
            try node.check(publishing(10_002), for: pod(2))
            try node.check(publishing(10_004), for: pod(4, network: "pods2"))
        }
    }

    @Test(
        "C27: CHECK finds what is missing, changed or somebody else's",
        arguments: [
            "delete element inet weft-cni outside-10.1.0.0/16 { 10.1.0.3 }",
            "delete element inet weft-cni outside-fd00__/64 { fd00::3 }",
            "flush chain inet weft-cni outside-10.1.0.0/16",
            "flush chain inet weft-cni prerouting",
            "delete table inet weft-cni",
            "delete element inet weft-cni outside-10.1.0.0/16 { 10.1.0.3 }\n"
                + "add element inet weft-cni outside-10.1.0.0/16 "
                + "{ 10.1.0.3 comment \"a/b/c\" }",
        ])
    func check(_ damage: String) throws {
        try withLab { lab in
            let node = try lab.host("node")
            try add(1, on: node)
            try node.check(masquerading(), for: pod(1))
            try node.nft(damage + "\n")
            let error = #expect(throws: CNIError.self) {
                try node.check(masquerading(), for: pod(1))
            }
            #expect(error?.code == .checkFailed)
        }
    }

    @Test(
        "C27: CHECK finds a host port that leads elsewhere or is gone",
        arguments: [
            "delete element inet weft-cni host-ports-ip { udp . 10001 }",
            "delete element inet weft-cni host-ports-ip { tcp . 10001 }\n"
                + "add element inet weft-cni host-ports-ip "
                + "{ tcp . 10001 comment \"pods/c1/eth0\" : 10.1.0.9 . 80 }",
            "delete element inet weft-cni clients-fd00__/64 { fd00::3 . tcp . 80 . 10001 }",
            "flush chain inet weft-cni host-ports",
        ])
    func checkPorts(_ damage: String) throws {
        try withLab { lab in
            let node = try lab.host("node")
            try add(1, on: node)
            try node.check(publishing(10_001), for: pod(1))
            try node.nft(damage + "\n")
            let error = #expect(throws: CNIError.self) {
                try node.check(publishing(10_001), for: pod(1))
            }
            #expect(error?.code == .checkFailed)
        }
    }

    @Test("a damaged table is repaired by the next pod, and the pods before keep their elements")
    func repair() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try add(1, on: node)
            // As when a set of ours was removed by hand: what uses it had to go first.
            try node.nft(
                """
                flush chain inet weft-cni host-ports
                delete map inet weft-cni host-ports-ip
                """ + "\n")
            try add(2, on: node)
            try node.check(publishing(10_002), for: pod(2))
            try node.check(masquerading(), for: pod(1))
        }
    }

    @Test("C11: an attachment in the host's own namespace does not wait for its own lock")
    func ownNamespace() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let pod = try PortPod("c1", ["10.1.0.2/16"], host: node)
            try node.run {
                let namespace = try pod.call.namespace()
                try namespace.lock()
                var result = pod.result
                try publishing().add(pod.call, to: &result)
                try masquerading().add(pod.call, to: &result)
                try HostPortPart.remove(pod.call, NetworkConfiguration(""))
                try MasqueradePart.remove(pod.call, NetworkConfiguration(""))
                extendLifetime(namespace)
            }
            #expect(try node.ruleset == "")
        }
    }

    @Test("STATUS says that nftables can be used, in less than a millisecond")
    func status() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try add(1, on: node)
            let durations = try node.run {
                try (1...20).map { _ in
                    let start = MonotonicTime.now
                    try masquerading().status()
                    return MonotonicTime.now - start
                }
            }
            #expect(try #require(durations.min()) < .milliseconds(1))
        }
    }
}
