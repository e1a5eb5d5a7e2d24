import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("A pod's link in bridge mode", .requiresRoot)
struct BridgeTests {
    private static let gateway = #""isDefaultGateway":true"#

    private func given(_ last: Int) throws -> NetworkResult {
        try .given(["10.244.1.\(last)/24", "fd00:244:1::\(last)/64"])
    }

    @Test("Pods, their node and the outside reach each other at once")
    func traffic() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pods = try ["one", "two"].map { try LinkedPod(lab, $0) }
            for (index, pod) in pods.enumerated() {
                try node.add(pod, BridgePart.self, Self.gateway, given(5 + index))
            }
            let servers = try (pods.map(\.host) + [node.host, node.outside]).map {
                try $0.serve(.udp, 7)
            }
            defer { extendLifetime(servers) }
            for (client, server, seen) in [
                (pods[0].host, "10.244.1.6", "10.244.1.5"),
                (pods[1].host, "fd00:244:1::5", "fd00:244:1::6"),
                (pods[0].host, "10.244.1.1", "10.244.1.5"),
                (pods[0].host, "fd00:244:1::1", "fd00:244:1::5"),
                (pods[0].host, "192.0.2.1", "10.244.1.5"),
                (pods[0].host, "fd00:1::1", "fd00:244:1::5"),
                (node.outside, "10.244.1.6", "192.0.2.1"),
                (node.outside, "fd00:244:1::6", "fd00:1::1"),
                (node.host, "10.244.1.5", "10.244.1.1"),
                (node.host, "fd00:244:1::5", "fd00:244:1::1"),
            ] {
                let target = AddressAndPort(try IPAddress(validating: server), 7)
                let reply = try client.ask(.udp, target, "hi", within: .seconds(1))
                #expect("\(reply.client.address)" == seen, "\(client.name) to \(server)")
            }
        }
    }

    @Test("C21: the result lists the bridge, the host's end and the container's")
    func result() throws {
        try withLab { lab in
            let node = try LinkedNode(lab, mtu: 1400)
            let pod = try LinkedPod(lab, "one")
            let result = try node.add(pod, BridgePart.self, Self.gateway, given(5))
            let bridge = try #require(try node.host.link(named: "cni0"))
            #expect(result.interfaces.map(\.name).first == "cni0")
            #expect(result.interfaces.map(\.name).last == "eth0")
            #expect(result.interfaces.map(\.mtu) == [1400, 1400, 1400])
            #expect(result.interfaces.map(\.sandbox) == [nil, nil, pod.host.path])
            #expect(result.interfaces[0].mac == "\(bridge.address ?? .zero)")
            #expect(result.addresses.map(\.interface) == [2, 2])
            #expect(
                result.addresses.map { $0.gateway.map { "\($0)" } }
                    == ["10.244.1.1", "fd00:244:1::1"])
            #expect(result.routes.map { "\($0.destination)" } == ["0.0.0.0/0", "::/0"])
            try node.check(pod, BridgePart.self, Self.gateway, result)
        }
    }

    @Test("C27, C33: a link without addresses is made and checked")
    func withoutAddresses() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let result = try node.add(pod, BridgePart.self, "", NetworkResult())
            #expect(result.addresses.isEmpty)
            try node.check(pod, BridgePart.self, "", result)
            #expect(try pod.host.link(named: "eth0")?.isUp == true)
        }
    }

    @Test("C25, C26: DEL leaves the bridge and nothing else, any number of times")
    func removal() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.add(
                pod, BridgePart.self, Self.gateway + #","macspoofchk":true"#, given(5))
            for _ in 0..<2 { try node.remove(pod.call, BridgePart.self) }
            #expect(try node.podLinks == [])
            #expect(try node.host.link(named: "cni0")?.isUp == true)
            #expect(try node.host.ip("neigh show dev cni0") == "")
            #expect(try node.host.command("nft", ["list", "ruleset"]) == "")
        }
    }

    @Test("The host forgets who had an address before")
    func reuse() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let (old, new) = (try LinkedPod(lab, "old"), try LinkedPod(lab, "new"))
            let witness = try LinkedPod(lab, "witness")
            try node.add(witness, BridgePart.self, Self.gateway, given(9))
            try node.add(old, BridgePart.self, Self.gateway, given(5))
            let targets = try ["10.244.1.5", "fd00:244:1::5"].map {
                AddressAndPort(try IPAddress(validating: $0), 7)
            }
            let first = try old.host.serve(.udp, 7)
            for target in targets {
                #expect(try witness.host.ask(.udp, target, "hi").server == "old")
                #expect(try node.host.ask(.udp, target, "hi").server == "old")
            }
            extendLifetime(first)
            try node.remove(old.call, BridgePart.self)
            try node.add(new, BridgePart.self, Self.gateway, given(5))
            let second = try new.host.serve(.udp, 7)
            for target in targets {
                for client in [node.host, witness.host] {
                    let reply = try client.ask(.udp, target, "hi", within: .seconds(1))
                    #expect(reply.server == "new")
                }
            }
            extendLifetime(second)
        }
    }
}
