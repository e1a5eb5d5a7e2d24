import Kubernetes

extension Service {
    /// A service in `default` with a port `http`, at an address or at none.
    init(web name: String, _ address: String) {
        self.init()
        (metadata.name, metadata.namespace) = (name, "default")
        spec.clusterIPs = [address].compactMap { ClusterIP(field: $0.utf8.span) }
        var port = ServicePort()
        (port.name, port.port) = ("http", 80)
        spec.ports = [port]
    }
}
