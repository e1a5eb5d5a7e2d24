package import Support

/// Where the objects come from that a command looks at, and how long it waits for them.
package struct SourceChoice: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// Without a file, where clients of Kubernetes look: `KUBECONFIG`, the pod, the home directory.
        case server(kubeconfig: String?, context: String?)
        case manifests(String)
    }

    package let place: Place
    package let patience: Duration

    package init(_ place: Place, patience: Duration = .seconds(10)) {
        self.place = place
        self.patience = patience
    }
}

extension SourceChoice {
    package static let options = [
        Option("kubeconfig", value: "FILE", help: "How to reach the API server"),
        Option("context", value: "NAME", help: "The context of the kubeconfig to use"),
        Option("manifests", value: "DIR", help: "Look at this directory instead of a server"),
        Option(
            "timeout", value: "SECONDS", standard: "10",
            help: "How long to wait until all that is needed was listed"),
    ]

    /// For the details of commands that have these options.
    package static let help = """
        Objects come from an API server, which is found as kubectl finds it: --kubeconfig, else the
        files of KUBECONFIG, else in a pod its service account, else ~/.kube/config. With
        --manifests they come from the YAML and JSON files of a directory, with what a control plane
        would make of them.
        """

    package init(_ arguments: Arguments) throws(UsageError) {
        let patience = Duration.seconds(try arguments.decimal("timeout") ?? 10)
        let (file, context) = (arguments.text("kubeconfig"), arguments.text("context"))
        guard let directory = arguments.text("manifests") else {
            self.init(.server(kubeconfig: file, context: context), patience: patience)
            return
        }
        if file != nil || context != nil {
            throw UsageError("--manifests excludes --kubeconfig and --context")
        }
        self.init(.manifests(directory), patience: patience)
    }
}
