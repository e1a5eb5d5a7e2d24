import Platform
import Topology

/// A node that its agent can run on.
final class Node: Sendable {
    let plan: NodePlan
    let host: Host
    /// Where its agent and its plugins keep their files.
    private let directory: String

    init(_ plan: NodePlan, _ host: Host, in run: RunDirectory) throws {
        self.plan = plan
        self.host = host
        directory = run.node(plan.name)
        try Directory.create(networks)
        try host.forward()
    }

    var name: String { plan.name }
    var agentName: String { "agent-\(name)" }
}

extension Node {
    static let networkListName = "10-weft.conflist"

    /// In the place of /etc/cni/net.d.
    var networks: String { "\(directory)/cni" }
    var networkList: String { "\(networks)/\(Self.networkListName)" }
    /// In the place of /var/lib/cni/networks.
    var leases: String { "\(directory)/leases" }
    /// In the place of /run/weft.
    var rangeFile: String { "\(directory)/ranges.json" }
    var socket: String { "\(directory)/agent.sock" }
    /// In the place of /etc/weft.
    var configuration: String { "\(directory)/agent.yaml" }
}
