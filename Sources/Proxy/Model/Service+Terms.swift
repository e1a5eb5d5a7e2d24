package import Kubernetes
package import Network

extension Service {
    /// Set by whoever wants another proxy for a service (S1).
    package static let proxyNameLabel = "service.kubernetes.io/service-proxy-name"

    /// The service's own address in a family; nil if this proxy has nothing to do there (S7, S8).
    package func proxiedAddress(of family: IPFamily) -> IPAddress? {
        guard spec.type != .externalName, metadata.labels[Self.proxyNameLabel] == nil else {
            return nil
        }
        for case .address(let address) in spec.clusterIPs where address.family == family {
            return address
        }
        return nil
    }

    /// How long a client stays with its backend (S25).
    var affinity: UInt32? {
        guard spec.sessionAffinity == .clientIP else { return nil }
        let seconds = spec.sessionAffinityConfig.clientIP.timeoutSeconds
        // The API's own default and limit: three hours, and a day.
        return seconds == 0 ? 10_800 : UInt32(min(max(seconds, 1), 86_400))
    }

    /// Whether the policy for traffic from outside is to keep it on the node it came to (S26).
    var keepsExternalTraffic: Bool {
        guard spec.externalTrafficPolicy == .local else { return false }
        switch spec.type {
        case .loadBalancer, .nodePort: return true
        case .clusterIP: return !spec.externalIPs.isEmpty
        case .externalName: return false
        }
    }

    /// Whether a load balancer asks each node if it has backends (S27, S125).
    var hasHealthCheck: Bool { spec.type == .loadBalancer && spec.externalTrafficPolicy == .local }

    func complaint(_ text: String) -> Complaint { Complaint("Service \(key)", text) }
}
