import Agent
import Network
import Platform
import Topology

/// The ways between two nodes' pods, made by the part of the agent that makes them.
struct NodeRoutes {
    private let own: ClusterNode
    private let other: ClusterNode
    private let settings: RouteSettings

    init(of number: Int, _ place: Place) {
        own = Self.node(number)
        other = Self.node(3 - number)
        settings = RouteSettings(mode: place == .vxlan ? .vxlan : .direct)
    }

    private static func node(_ number: Int) -> ClusterNode {
        let families = IPFamily.allCases
        return ClusterNode(
            name: "node-\(number)",
            networks: families.compactMap { LabNetwork.pods(node: number).network($0) },
            addresses: Dictionary(
                uniqueKeysWithValues: families.map {
                    ($0, LabNetwork.nodes.address(number, $0))
                }))
    }

    /// Makes them, and tells how large packets of pods may be; what was made stays.
    func make(on host: Host) throws -> UInt32 {
        try host.run {
            var keeper = try RouteKeeper(settings)
            let outcome = keeper.update(ClusterNodes(own: own, peers: [other]), at: .now)
            if let error = outcome.errors.values.first?.first { throw error }
            guard keeper.isReady else {
                throw TopologyError(host.name, "its routes to the other node's pods are not ready")
            }
            return keeper.podMTU ?? LabPod.usualMTU
        }
    }
}
