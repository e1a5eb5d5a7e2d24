import Kubernetes
import Network

/// What all services are to mean in one address family, read when it is asked for.
struct WantedServices {
    let snapshot: Snapshot
    let node: NodeView
    let family: IPFamily
    let settings: ModelSettings
    /// The node's own address.
    let nodeAddress: IPAddress?

    func meaning(of key: ObjectKey) -> ServiceMeaning {
        guard let service = snapshot.services[key]?.value else { return ServiceMeaning() }
        var meaning = ServiceMeaning(
            of: service, slices: snapshot.slices(of: key), on: node, family: family,
            settings: settings)
        for index in meaning.ports.indices { admitNode(&meaning.ports[index]) }
        return meaning
    }

    /// Lets the node itself in with ranges that hold its address.
    ///
    /// Where a load balancer's address is on one of its links, the node sends from that address (S57).
    private func admitNode(_ port: inout PortMeaning) {
        guard let nodeAddress, let ranges = port.sourceRanges,
            ranges.contains(where: { $0.contains(nodeAddress) })
        else { return }
        port.sourceRanges = CIDR.disjoint(ranges + port.loadBalancerAddresses.map { CIDR($0) })
    }

    subscript(key: ObjectKey) -> [PortMeaning] { meaning(of: key).ports }

    /// All services that mean something.
    var all: [ObjectKey: [PortMeaning]] {
        var all = [ObjectKey: [PortMeaning]](minimumCapacity: snapshot.services.count)
        for (key, _) in snapshot.services {
            let ports = self[key]
            if !ports.isEmpty { all[key] = ports }
        }
        return all
    }
}
