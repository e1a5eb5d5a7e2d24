import Network
import Topology

/// A pod that has its network.
final class Pod: Sendable {
    let plan: PodPlan
    let host: Host
    let addresses: [CIDR]

    init(_ plan: PodPlan, _ host: Host, addresses: [CIDR]) {
        self.plan = plan
        self.host = host
        self.addresses = addresses
    }

    var name: String { plan.name }
}
