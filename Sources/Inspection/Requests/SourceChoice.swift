package import Support

/// Where the objects come from that a command looks at, and how long it waits for them.
///
/// Without a file, the API server is looked for where clients of Kubernetes look: `KUBECONFIG`, the
/// pod, the home directory.
package struct SourceChoice: Hashable, Sendable {
    package var kubeconfig: String?
    package var context: String?
    package var patience = Duration.seconds(10)

    package init() {}
}

extension SourceChoice {
    package static let options = [
        Option("kubeconfig", value: "FILE", help: "How to reach the API server"),
        Option("context", value: "NAME", help: "The context of the kubeconfig to use"),
        Option(
            "timeout", value: "SECONDS", standard: "10",
            help: "How long to wait until all that is needed was listed"),
    ]

    /// For the details of commands that have these options.
    package static let help = """
        Objects come from an API server, which is found as kubectl finds it: --kubeconfig, else the
        files of KUBECONFIG, else in a pod its service account, else ~/.kube/config.
        """

    package init(_ arguments: Arguments) throws(UsageError) {
        kubeconfig = arguments.text("kubeconfig")
        context = arguments.text("context")
        patience = Duration.seconds(try arguments.decimal("timeout") ?? 10)
    }
}
