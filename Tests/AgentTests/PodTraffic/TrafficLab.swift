import Kubernetes
import Network
import TestSupport

@testable import Agent

/// Two nodes with a pod each, and a machine outside that knows the way to pods.
struct TrafficLab {
    let (node, peer, outside): (Host, Host, Host)
    let (pod, otherPod): (Host, Host)

    static let objects = [
        numberedNode("a", 1), numberedNode("b", 2),
    ]

    init(_ lab: Lab) throws {
        (node, peer, outside) = (try lab.host("a"), try lab.host("b"), try lab.host("outside"))
        (pod, otherPod) = (try lab.host("pod"), try lab.host("other-pod"))
        let lan = try lab.bridge("lan")
        for (host, number) in [(node, 1), (peer, 2), (outside, 9)] {
            let addresses = ["192.0.2.\(number)/24", "2001:db8::\(number)/64"]
            try lab.join(host, "eth0", addresses, to: lan)
        }
        for (host, its, number) in [(node, pod, 1), (peer, otherPod, 2)] {
            try host.forward()
            try lab.connect(
                its, "eth0", ["10.244.\(number).2/24", "fd00:244:\(number)::2/64"],
                host, "weft000000000a\(number)",
                ["10.244.\(number).1/24", "fd00:244:\(number)::1/64"])
            try its.route("default", via: "10.244.\(number).1")
            try its.route("default", via: "fd00:244:\(number)::1")
            for machine in [node, peer, outside] where machine !== host {
                try machine.route("10.244.\(number).0/24", via: "192.0.2.\(number)")
                try machine.route("fd00:244:\(number)::/64", via: "2001:db8::\(number)")
            }
        }
    }

    /// Writes the first node's table.
    func install(
        _ settings: PodTrafficSettings = PodTrafficSettings(), nodes: [Node] = objects
    ) throws {
        let nodes = ClusterNodes(snapshot(nodes), own: "a")
        try node.run {
            var traffic = try PodTraffic(settings)
            _ = try traffic.update(nodes, tunnels: Self.tunnels)
        }
    }

    static let tunnels = [
        TunnelEndpoint(
            family: .v4, address: .v4(IPv4Address(192, 0, 2, 1)), port: 4789, device: "weft-v4"),
        TunnelEndpoint(
            family: .v6, address: .v6(IPv6Address(high: 0x2001_0db8 << 32, low: 1)), port: 4789,
            device: "weft-v6"),
    ]
}

/// A node of both families by its number.
func numberedNode(_ name: String, _ number: Int) -> Node {
    node(
        name, ["10.244.\(number).0/24", "fd00:244:\(number)::/64"],
        [("InternalIP", "192.0.2.\(number)"), ("InternalIP", "2001:db8::\(number)")])
}
