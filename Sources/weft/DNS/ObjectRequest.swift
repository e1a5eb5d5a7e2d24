import DNS
import Kubernetes

/// What a configuration asks of an API server.
struct ObjectRequest: Sendable {
    let kinds: Set<Kind>
    let use: ObjectUse
    let kubeconfig: String?
    let context: String?
    let endpoint: String?
    let certificates: CredentialsSettings.CertificateFiles?

    /// Nil if no block is about a cluster.
    init?(_ file: Corefile) {
        let clusters = file.servers.compactMap(\.kubernetes)
        guard let first = clusters.first else { return nil }
        var kinds: Set<Kind> = [.service, .namespace]
        if clusters.contains(where: \.watchesEndpoints) { kinds.insert(.endpointSlice) }
        if clusters.contains(where: { $0.pods == .verified }) { kinds.insert(.pod) }
        self.kinds = kinds
        use = clusters.contains(where: \.namesEndpointsByPod) ? .everything : .names
        kubeconfig = first.kubeconfig?.file
        context = first.kubeconfig?.context
        endpoint = first.endpoint
        certificates = first.certificates
    }

    func isCovered(by other: ObjectRequest?) -> Bool {
        guard let other else { return false }
        return kinds.isSubset(of: other.kinds) && use == other.use && kubeconfig == other.kubeconfig
            && context == other.context && endpoint == other.endpoint
            && certificates == other.certificates
    }

    /// Refuses a changed configuration that needs more than what is watched since the start.
    static func check(_ file: Corefile, started request: ObjectRequest?) throws(DNSError) {
        guard let wanted = ObjectRequest(file), !wanted.isCovered(by: request) else { return }
        throw DNSError(
            .configuration, "serve the names of a cluster as they are now wanted",
            "other objects, or those of another API server, are taken at a new start only")
    }
}
