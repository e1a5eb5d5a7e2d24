/// What decides where credentials are looked for.
package struct CredentialsSettings: Sendable {
    /// The file of `--kubeconfig`.
    package var kubeconfig: String?
    /// The context of `--context`.
    package var context: String?
    /// The API server's URL, instead of the one that is found.
    package var server: String?
    package var environment: [String: String]
    /// Where a pod finds the files of its service account.
    package var serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"
    /// How long a credential plugin may take: some wait for an answer from far away.
    package var pluginLimit = Duration.seconds(60)

    package init(
        kubeconfig: String? = nil, context: String? = nil, environment: [String: String]
    ) {
        self.kubeconfig = kubeconfig
        self.context = context
        self.environment = environment
    }

    /// A variable that is set and not empty.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
