package import Proxy
package import Support

/// What the command line of `weft agent` asks for.
package struct AgentArguments: Sendable {
    /// The file of `--config`.
    package let file: String?
    private let arguments: Arguments

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        file = arguments.text("config").flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension AgentArguments {
    package static let options = [
        Option("config", value: "FILE", help: "An AgentConfiguration; flags count more"),
        Option("node-name", value: "NAME", help: "The name of this node in the cluster"),
        Option("kubeconfig", value: "FILE", help: "How to reach the API server"),
        Option(
            "manifests", value: "DIR", help: "Take objects from this directory, not a server"),
        Option("no-proxy", help: "Leave services to another proxy"),
        Option("no-routes", help: "Leave the ways to other nodes' pods to somebody else"),
        Option("no-masquerade", help: "Let pods' own addresses leave the cluster"),
        Option("no-cni", help: "Write no configuration for container runtimes"),
        Option("dns", help: "Answer names on this node, too"),
        Option("log-level", value: "debug|info|warning|error", help: "The least that is logged"),
        Option("log-format", value: "text|json", help: "How the log is written"),
        Option("print-config", help: "Print the configuration with every field, and end"),
    ]

    /// The configuration of the file, with what flags say instead.
    package func load() throws(ConfigurationError) -> LoadedAgentConfiguration {
        let loaded = try file.map { path throws(ConfigurationError) in
            try AgentConfiguration.read(path: path)
        }
        var configuration = loaded?.configuration ?? AgentConfiguration()
        for (flag, key) in Self.texts {
            guard let text = arguments.text(flag), let field = AgentField.byKey[key] else {
                continue
            }
            let setting = Setting(content: .text(text), file: "", key: "--\(flag)")
            _ = try field.read(setting, &configuration)
        }
        if arguments.has("no-proxy") { configuration.proxy.isEnabled = false }
        if arguments.has("no-routes") { configuration.routes.isEnabled = false }
        if arguments.has("no-masquerade") { configuration.masquerade.isEnabled = false }
        if arguments.has("no-cni") { configuration.cni.isEnabled = false }
        if arguments.has("dns") { configuration.dns.isEnabled = true }
        return LoadedAgentConfiguration(
            configuration: configuration, notes: loaded?.notes ?? [])
    }

    /// Flags that say what a field says.
    private static let texts = [
        ("node-name", "nodeName"), ("kubeconfig", "kubeconfig"), ("manifests", "manifests"),
        ("log-level", "log.level"), ("log-format", "log.format"),
    ]
}
