import Netlink
import Network
import Topology

/// Packets for other nodes' pods go the way that was asked for.
enum RouteChecks {
    static func all(_ plan: ClusterPlan) -> [Check] { [ways(plan.mode)] }

    private static func ways(_ mode: RouteMode) -> Check {
        Check("ways to other nodes' pods", mode.promise) { cluster in
            var tally = Tally()
            var tunnelled = 0
            for node in cluster.nodes {
                for pod in cluster.webs where pod.plan.node != node.plan.number {
                    let expected = mode.way(node.plan, cluster.node(of: pod).plan)
                    for address in pod.addresses.map(\.address) {
                        tally.count("\(node.name) → \(pod.name)") {
                            let way = try node.host.way(to: address)
                            if way == .tunnel { tunnelled += 1 }
                            return way == expected ? nil : "\(way)"
                        }
                    }
                }
            }
            return tally.measurement("\(tunnelled) by VXLAN")
        }
    }
}

/// How packets get to another node.
enum Way: Hashable, Sendable {
    case direct, tunnel
}

extension RouteMode {
    fileprivate var promise: String {
        switch self {
        case .auto: "direct on one network, VXLAN between two"
        case .direct: "all direct"
        case .vxlan: "all by VXLAN"
        }
    }

    /// The way from one node to another's pods.
    func way(_ node: NodePlan, _ other: NodePlan) -> Way {
        switch self {
        case .auto: node.machine.segment == other.machine.segment ? .direct : .tunnel
        case .direct: .direct
        case .vxlan: .tunnel
        }
    }
}

extension Host {
    /// The way that the machine's kernel has for packets to an address.
    fileprivate func way(to address: IPAddress) throws -> Way {
        var socket = try routes()
        guard let link = try socket.find(.route(to: address))?.hops.first?.link,
            let kind = try socket.find(.link(.index(link)))?.kind
        else { throw DemoError(.network, "find the way to \(address)", "\(name) has no route") }
        return kind == .vxlan ? .tunnel : .direct
    }
}
