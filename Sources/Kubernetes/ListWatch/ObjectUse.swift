/// What objects are for, and so what of them is kept.
package enum ObjectUse: Hashable, Sendable {
    case everything
    /// Names and what they lead to, as a DNS server needs them.
    case names
}

extension KubernetesObject {
    /// Forgets what is of no use.
    package mutating func keep(for use: ObjectUse) {}
}

extension Service {
    package mutating func keep(for use: ObjectUse) {
        guard use == .names else { return }
        var kept = ServiceSpec()
        kept.type = spec.type
        kept.clusterIPs = spec.clusterIPs
        kept.externalName = spec.externalName
        kept.ports = spec.ports.map { port in
            var kept = ServicePort()
            (kept.name, kept.transport, kept.port) = (port.name, port.transport, port.port)
            return kept
        }
        spec = kept
        status = ServiceStatus()
        metadata.annotations = Annotations()
    }
}

extension EndpointSlice {
    package mutating func keep(for use: ObjectUse) {
        guard use == .names else { return }
        endpoints.forgetPlaces()
        metadata.annotations = Annotations()
    }
}
