/// What decides where credentials are looked for.
package struct CredentialsSettings: Sendable {
    /// The file of `--kubeconfig`.
    package var kubeconfig: String?
    /// The context of `--context`.
    package var context: String?
    /// The API server's URL, instead of the one that is found.
    package var server: String?
    /// Who we are to that server, and who certifies it.
    package var certificates: CertificateFiles?
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

    /// PEM files by their paths.
    package struct CertificateFiles: Hashable, Sendable {
        package var certificate: String
        package var key: String
        package var authority: String

        package init(certificate: String, key: String, authority: String) {
            self.certificate = certificate
            self.key = key
            self.authority = authority
        }
    }

    /// A variable that is set and not empty.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
