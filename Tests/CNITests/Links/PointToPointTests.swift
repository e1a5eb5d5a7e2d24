import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("A pod's link as ptp makes it", .requiresRoot)
struct PointToPointTests {
    private func given(_ last: Int) throws -> NetworkResult {
        try .given(
            ["10.244.1.\(last)/24 10.244.1.1", "fd00:244:1::\(last)/64 fd00:244:1::1"],
            routes: [
                .init(CIDR(validating: "0.0.0.0/0")), .init(CIDR(validating: "::/0")),
            ])
    }

    @Test("Pods, their node and the outside reach each other at once")
    func traffic() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pods = try ["one", "two"].map { try LinkedPod(lab, $0) }
            for (index, pod) in pods.enumerated() {
                let result = try node.add(pod, PointToPointPart.self, "", given(5 + index))
                #expect(result.interfaces.map(\.name).last == "eth0")
                #expect(result.addresses.map(\.interface) == [1, 1])
                #expect("\(result.addresses[0].address)" == "10.244.1.\(5 + index)/24")
                try node.check(pod, PointToPointPart.self, "", result)
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

    @Test("The pod's routes are the reference's")
    func routes() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.add(pod, PointToPointPart.self, "", given(5))
            let routes = try pod.host.ip("-4 route").split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
            #expect(
                Set(routes) == [
                    "default via 10.244.1.1 dev eth0 proto 87",
                    "10.244.1.0/24 via 10.244.1.1 dev eth0 proto 87 src 10.244.1.5",
                    "10.244.1.1 dev eth0 proto 87 scope link src 10.244.1.5",
                ])
            for _ in 0..<2 { try node.remove(pod.call, PointToPointPart.self) }
            #expect(try node.podLinks == [])
        }
    }

    @Test(
        "C33: without an address or a gateway nothing is made", arguments: [[], ["10.244.1.5/24"]])
    func incomplete(addresses: [String]) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, PointToPointPart.self, "", .given(addresses))
            }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains("ipam") == true)
            #expect(try node.podLinks == [])
        }
    }
}
