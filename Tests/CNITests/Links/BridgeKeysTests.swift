import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("The keys of bridge mode", .requiresRoot)
struct BridgeKeysTests {
    private func given(_ last: Int) throws -> NetworkResult {
        try .given(["10.244.1.\(last)/24", "fd00:244:1::\(last)/64"])
    }

    private func port(_ node: LinkedNode) throws -> Link {
        try #require(try node.host.links.first { $0.name.hasPrefix("weft") })
    }

    @Test("hairpinMode and portIsolation are the port's, and CHECK sees them change")
    func portFlags() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let keys = #""hairpinMode":true,"portIsolation":true,"bridge":"br7""#
            let result = try node.add(pod, BridgePart.self, keys, given(5))
            let link = try port(node)
            #expect(link.port?.hairpin == true && link.port?.isIsolated == true)
            #expect(try node.host.link(named: "br7")?.index == link.master)
            try node.check(pod, BridgePart.self, keys, result)
            try node.host.ip("link set \(link.name) type bridge_slave hairpin off")
            #expect(throws: CNIError.self) { try node.check(pod, BridgePart.self, keys, result) }
        }
    }

    @Test("promiscMode is the bridge's, mtu both ends'")
    func bridgeFlags() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let keys = #""promiscMode":true,"mtu":1300"#
            let result = try node.add(pod, BridgePart.self, keys, given(5))
            #expect(try node.host.link(named: "cni0")?.flags.contains(.promiscuous) == true)
            #expect(try port(node).mtu == 1300)
            #expect(try pod.host.link(named: "eth0")?.mtu == 1300)
            try node.check(pod, BridgePart.self, keys, result)
        }
    }

    @Test("A bridge's other address is refused, or removed with forceAddress")
    func forceAddress() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.host.ip("link add cni0 type bridge")
            try node.host.ip("addr add 10.9.9.1/24 dev cni0")
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, BridgePart.self, #""isGateway":true"#, given(5))
            }
            #expect(error?.message == "cni0 has the address 10.9.9.1/24 already")
            #expect(try node.podLinks == [])
            try node.add(
                pod, BridgePart.self, #""isGateway":true,"forceAddress":true"#, given(5))
            let addresses = try node.host.ip("-o addr show dev cni0")
            #expect(!addresses.contains("10.9.9.1") && addresses.contains("10.244.1.1/24"))
        }
    }

    @Test("A link of the bridge's name that is none is refused")
    func noBridge() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.host.ip("link add cni0 type veth peer name other")
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, BridgePart.self, "", given(5))
            }
            #expect(error?.message == "cni0 is no bridge")
            #expect(try node.podLinks == [])
        }
    }

    @Test("macspoofchk lets pods send from their own address only, by one rule for all")
    func sourceGuard() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pods = try ["one", "two"].map { try LinkedPod(lab, $0) }
            let keys = #""isDefaultGateway":true,"macspoofchk":true"#
            var results: [NetworkResult] = []
            for (index, pod) in pods.enumerated() {
                results.append(try node.add(pod, BridgePart.self, keys, given(5 + index)))
            }
            let rules = try node.host.command("nft", ["list", "ruleset"])
            #expect(rules.split(separator: "\n").filter { $0.contains("drop") }.count == 1)
            #expect(rules.contains("net/one/eth0") && rules.contains("net/two/eth0"))
            let server = try node.host.serve(.udp, 7)
            let target = AddressAndPort(try IPAddress(validating: "10.244.1.1"), 7)
            _ = try pods[0].host.ask(.udp, target, "hi")
            try node.check(pods[0], BridgePart.self, keys, results[0])
            try pods[0].host.ip("link set eth0 address 02:00:00:00:00:99")
            #expect(throws: (any Error).self) {
                try pods[0].host.ask(.udp, target, "hi", within: .milliseconds(300))
            }
            _ = try pods[1].host.ask(.udp, target, "hi")
            extendLifetime(server)
            try node.collectGarbage(BridgePart.self, keeping: [pods[1]])
            #expect(try !node.host.command("nft", ["list", "ruleset"]).contains("net/one/eth0"))
            try node.remove(pods[1].call, BridgePart.self)
            #expect(try node.host.command("nft", ["list", "ruleset"]) == "")
        }
    }

    @Test("enabledad finds an address that another pod has, and leaves nothing")
    func duplicates() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pods = try ["one", "two"].map { try LinkedPod(lab, $0) }
            let keys = #""enabledad":true"#
            try node.add(pods[0], BridgePart.self, "", given(5))
            let error = #expect(throws: CNIError.self) {
                try node.add(pods[1], BridgePart.self, keys, given(5))
            }
            #expect(error?.code == .addressNotAvailable)
            #expect(try node.podLinks.count == 1)
            try node.add(pods[1], BridgePart.self, keys, given(6))
            #expect(try !pods[1].host.ip("addr show dev eth0").contains("tentative"))
        }
    }

    @Test("disableContainerInterface leaves the container's end down")
    func disabled() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let keys = #""disableContainerInterface":true"#
            let result = try node.add(pod, BridgePart.self, keys, NetworkResult())
            #expect(try pod.host.link(named: "eth0")?.isUp == false)
            try node.check(pod, BridgePart.self, keys, result)
        }
    }

    @Test(
        "VLANs are made where the kernel has them, and refused by name where not",
        arguments: [#""vlan":100"#, #""vlanTrunk":[{"minID":5,"maxID":9}]"#])
    func vlans(keys: String) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            do {
                try node.add(pod, BridgePart.self, keys, given(5))
            } catch let error as CNIError {
                #expect(error.code == .unsupportedField)
                #expect(error.details.contains("CONFIG_BRIDGE_VLAN_FILTERING"))
                #expect(try node.podLinks == [])
            }
        }
    }
}
