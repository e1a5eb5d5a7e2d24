/// What a kubeconfig or a pod says about reaching the API server, before the files it names are
/// read and its plugin is run.
package struct AccessPlan: Sendable {
    /// What needs no reading.
    package var access: ClusterAccess
    package var authority: Content?
    package var certificate: Content?
    package var key: Content?
    package var token = TokenSource.none
    /// What people should know about the plan.
    package var warnings: [String] = []

    /// Bytes that stand in the configuration itself or in a file of their own.
    package enum Content: Sendable {
        case data(Secret)
        case file(String)
    }

    package enum TokenSource: Sendable {
        case none
        case fixed(Secret)
        /// A file that is replaced now and then; the token beside it counts until it was read.
        case file(String, fallback: Secret?)
        case plugin(CredentialPlugin)
    }
}

extension AccessPlan {
    init(server: String) { access = ClusterAccess(server: server) }
}
