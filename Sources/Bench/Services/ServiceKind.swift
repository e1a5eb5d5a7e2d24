/// By what a client reaches the servers.
package enum ServiceKind: String, Hashable, Sendable, CaseIterable {
    /// By an endpoint's own address, through a node that has the services' rules.
    case direct
    case clusterIP = "cluster-ip"
    case nodePort = "node-port"
    case loadBalancer = "load-balancer"
    /// A service that keeps each client with one endpoint.
    case affinity
    /// By an endpoint's own address, as the DNS tells it for a service without one.
    case headless
}

extension ServiceKind {
    /// Whether the client is a machine outside of the cluster.
    package var isFromOutside: Bool { self == .nodePort || self == .loadBalancer }
}
