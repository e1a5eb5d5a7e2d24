import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("A pod's link in routed mode", .requiresRoot)
struct RoutedTests {
    private static let dual = ["10.244.1.5/24 10.244.1.1", "fd00:244:1::5/64 fd00:244:1::1"]
    private static let otherDual = ["10.244.1.6/24 10.244.1.1", "fd00:244:1::6/64 fd00:244:1::1"]

    private static func address(_ text: String) -> String {
        String(text.prefix { $0 != "/" })
    }

    @Test(
        "Pods, their node and the outside reach each other",
        arguments: ["", #""gateway":"shared""#], [[0], [1], [0, 1]])
    func traffic(configuration: String, families: [Int]) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let (one, two) = (try LinkedPod(lab, "one"), try LinkedPod(lab, "two"))
            try node.add(
                one, RoutedPart.self, configuration, .given(families.map { Self.dual[$0] }))
            try node.add(
                two, RoutedPart.self, configuration, .given(families.map { Self.otherDual[$0] }))
            let port = Port(rawValue: 7)
            let servers = try [one.host, two.host, node.host, node.outside].map {
                try $0.serve(.udp, port)
            }
            defer { extendLifetime(servers) }
            for family in families {
                let (own, other) = (
                    Self.address(Self.dual[family]), Self.address(Self.otherDual[family])
                )
                let nodes = ["192.0.2.10", "fd00:1::10"][family]
                let outsides = ["192.0.2.1", "fd00:1::1"][family]
                for (client, server, seen) in [
                    (one.host, other, own), (two.host, own, other),
                    (one.host, nodes, own), (one.host, outsides, own),
                    (node.outside, own, outsides),
                ] {
                    let reply = try client.ask(
                        .udp, AddressAndPort(try IPAddress(validating: server), port), "hi")
                    #expect("\(reply.client.address)" == seen, "\(client.name) to \(server)")
                }
                let target = AddressAndPort(try IPAddress(validating: own), port)
                let reply = try node.host.ask(.udp, target, "hi")
                #expect(reply.server == "one")
                if configuration.isEmpty { #expect("\(reply.client.address)" == nodes) }
            }
        }
    }

    @Test func `a pod of IPv4 alone is given no IPv6 address by the kernel`() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "pod")
            try node.add(pod, RoutedPart.self, "", .given([Self.dual[0]]))
            let addresses = try pod.host.ip("-6 address show dev eth0")
            #expect(addresses == "", "not even a tentative one")
        }
    }
}
