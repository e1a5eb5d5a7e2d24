import Kubernetes

/// A cluster whose objects follow from their numbers.
protocol ServedCluster: Sendable {
    var services: Int { get }
    var namespaces: [Namespace] { get }
    /// The cluster's machines, where somebody asks for them.
    var nodes: [Node] { get }

    func service(_ number: Int) -> Service
    /// What a service's slices are after so many changes of the cluster.
    func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice]
}

extension ServedCluster {
    var allServices: [Service] { (0..<services).map(service) }

    func allSlices() throws(ObjectError) -> [EndpointSlice] {
        var all: [EndpointSlice] = []
        for number in 0..<services { all += try slices(number, round: 0) }
        return all
    }

    /// What the change of a number makes of one service's slices.
    func change(_ number: Int) throws(ObjectError) -> [EndpointSlice] {
        // Coprime to the sizes that are asked for, so that neighbours are not changed in turn.
        try slices(number * 37 % services, round: 1 + number)
    }
}

extension ServedCluster {
    var nodes: [Node] { [] }
}

extension Cluster {
    /// Nothing that proxies look at depends on them.
    var namespaces: [Namespace] { [] }

    func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice] {
        [try slice(number, round: round)]
    }
}
