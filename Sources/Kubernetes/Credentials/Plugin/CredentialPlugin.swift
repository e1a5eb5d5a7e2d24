package import JSON
package import YAML

/// A program that makes credentials, as `users[].user.exec` describes it.
package struct CredentialPlugin: Sendable {
    /// A path, or a name to look for along PATH.
    let command: String
    let arguments: [String]
    /// `NAME=value`, in addition to what this process has.
    let environment: [String]
    /// The version of what is said to it and what it answers.
    let apiVersion: String
    let installHint: String?
    /// Whether it is told about the cluster.
    let providesClusterInfo: Bool
    /// What the cluster's entry has for plugins.
    let clusterConfig: JSONValue?
    /// Where it was read from.
    let place: String
    let key: String

    static let group = "client.authentication.k8s.io/"
}

extension CredentialPlugin {
    init(_ exec: ConfigValue, cluster: ConfigValue) throws(CredentialsError) {
        (place, key) = (exec.place, exec.path)
        guard let command = try exec.text("command") else {
            throw exec.missing("command", "write the plugin's path, or its name along PATH")
        }
        // A bare name is looked for along PATH, not beside the kubeconfig.
        self.command =
            command.contains("/") ? FilePath.resolve(command, besides: exec.file) : command
        arguments = try exec.texts("args")
        environment = try exec.environment()
        apiVersion = try exec.pluginVersion()
        installHint = try exec.text("installHint")
        providesClusterInfo = try exec.flag("provideClusterInfo")
        clusterConfig = try cluster.pluginConfig()
        try exec.checkInteraction(apiVersion)
    }
}

extension ConfigValue {
    fileprivate func environment() throws(CredentialsError) -> [String] {
        var pairs: [String] = []
        for entry in try elements("env") {
            guard let name = try entry.text("name"), !name.contains("=") else {
                throw entry.missing("name", "write the variable's name, without =")
            }
            pairs.append("\(name)=\(try entry.text("value") ?? "")")
        }
        return pairs
    }

    fileprivate func pluginVersion() throws(CredentialsError) -> String {
        let known = ["v1", "v1beta1"].map { CredentialPlugin.group + $0 }
        let version = try text("apiVersion")
        guard let version, known.contains(version) else {
            throw (self["apiVersion"] ?? self).error(
                .unsupported,
                version.map { "apiVersion \($0) is not supported" } ?? "apiVersion is missing",
                "write \(known[0]), and update the plugin if it does not know that")
        }
        return version
    }

    /// Weft never lends a plugin its terminal.
    fileprivate func checkInteraction(_ version: String) throws(CredentialsError) {
        let isFirstBeta = version.hasSuffix("v1beta1")
        switch try text("interactiveMode") ?? (isFirstBeta ? "IfAvailable" : "") {
        case "Never", "IfAvailable": return
        case "Always":
            throw error(
                .unsupported, "the plugin wants a terminal, which Weft has none of",
                "use a plugin that can do without, and write interactiveMode: IfAvailable")
        case "": throw missing("interactiveMode", "write Never, IfAvailable or Always")
        default: throw invalid("no such interactiveMode", "write Never, IfAvailable or Always")
        }
    }

    /// The cluster's extension that Kubernetes hands to plugins.
    fileprivate func pluginConfig() throws(CredentialsError) -> JSONValue? {
        let name = CredentialPlugin.group + "exec"
        for entry in try elements("extensions") where try entry.text("name") == name {
            return entry["extension"].map { JSONValue($0.node) }
        }
        return nil
    }
}

extension JSONValue {
    /// What Kubernetes' reader of YAML makes of a value.
    package init(_ node: YAMLNode) {
        self =
            switch node.kind {
            case .null: .null
            case .bool: .bool(node.bool ?? false)
            case .integer: .number("\(node.integer ?? 0)")
            case .number: .number("\(Double(node.text.filter { $0 != "_" }) ?? 0)")
            case .text: .string(node.text)
            case .sequence: .array(node.elements.map { JSONValue($0) })
            case .mapping:
                .object(
                    JSONObject(
                        members: node.pairs.map {
                            JSONObject.Member(key: $0.key.text, value: JSONValue($0.value))
                        }))
            }
    }
}
