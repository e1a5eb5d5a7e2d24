package import Kubernetes

/// A cluster of any size, whose objects follow from their numbers.
package protocol GeneratedCluster: Sendable {
    var services: Int { get }
    /// How many namespaces services are in.
    var namespaceCount: Int { get }
    /// The cluster's machines, where somebody asks for them.
    var nodes: [Node] { get }

    func service(_ number: Int) -> Service
    /// What a service's slices are after so many changes of the cluster.
    func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice]
}

extension GeneratedCluster {
    package var nodes: [Node] { [] }

    package var allServices: [Service] { (0..<services).map(service) }

    package func allSlices() throws(ObjectError) -> [EndpointSlice] {
        var all: [EndpointSlice] = []
        for number in 0..<services { all += try slices(number, round: 0) }
        return all
    }

    /// What the change of a number makes of one service's slices.
    package func change(_ number: Int) throws(ObjectError) -> [EndpointSlice] {
        try slices(changed(by: number), round: 1 + number)
    }

    /// The service that a change is of.
    package func changed(by number: Int) -> Int {
        // Coprime to the sizes that are asked for, so that neighbours are not changed in turn.
        number * 37 % services
    }

    /// The number of a pod that nobody had before the round.
    static func newPod(_ round: Int) -> Int { 1 << 22 | round % (1 << 22) }

    /// One more than services use, which has a name and nothing below it.
    package var namespaces: [Namespace] {
        (0...namespaceCount).map { number in
            var namespace = Namespace()
            namespace.metadata = ObjectMeta(
                number == namespaceCount ? "empty" : "ns-\(number)", in: "", number, of: .namespace)
            namespace.status.phase = "Active"
            return namespace
        }
    }

    /// The networks that services' addresses are of.
    package var serviceNetworks: ServiceCIDR {
        var networks = ServiceCIDR()
        networks.metadata = ObjectMeta("kubernetes", in: "", 0, of: .serviceCIDR)
        networks.spec.cidrs = ["10.96.0.0/12", "fd00:10:96::/108"]
        return networks
    }
}
