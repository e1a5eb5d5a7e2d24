package import JSON
import Kubernetes
package import Proxy
import YAML

/// A configuration that can be used, with what its author should know.
package struct LoadedAgentConfiguration: Hashable, Sendable {
    package let configuration: AgentConfiguration
    /// Lines for the log.
    package let notes: [String]
}

extension AgentConfiguration {
    private static let form = ConfigurationDocument.Form(
        version: "weft.dev/v1", kind: "AgentConfiguration")

    package static func read(
        path: String
    ) throws(ConfigurationError) -> LoadedAgentConfiguration {
        let text = try ConfigurationDocument.text(of: path)
        return try read(text.span, name: path)
    }

    /// Reads YAML or JSON; what the agent does not know is an error, for it would be missed silently.
    package static func read(
        _ text: Span<UInt8>, name: String
    ) throws(ConfigurationError) -> LoadedAgentConfiguration {
        let document = try ConfigurationDocument(text, of: form, name: name)
        var configuration = AgentConfiguration()
        var notes = document.notes
        for (key, value) in try document.root.members() where !header.contains(key) {
            notes += try configuration.take(key, value)
        }
        return LoadedAgentConfiguration(configuration: configuration, notes: notes)
    }

    private static let header: Set = ["apiVersion", "kind", "metadata"]

    private mutating func take(_ key: String, _ setting: Setting) throws(ConfigurationError)
        -> [String]
    {
        if setting.isUnset { return [] }
        if let field = AgentField.byKey[key] { return try field.read(setting, &self) }
        guard AgentField.sections.contains(key) else {
            throw setting.wrong("is no field of the agent's", "write one of \(Self.keys(in: key))")
        }
        var notes: [String] = []
        for (name, value) in try setting.members() { notes += try take("\(key).\(name)", value) }
        return notes
    }

    /// The fields that may have been meant, for errors.
    private static func keys(in path: String) -> String {
        let section = path.firstIndex(of: ".").map { String(path[...$0]) } ?? ""
        let within = AgentField.all.map(\.key).filter { section.isEmpty || $0.hasPrefix(section) }
        let all = within.isEmpty ? AgentField.all.map(\.key) : within
        return all.joined(separator: ", ")
    }
}

extension AgentConfiguration {
    /// A file with every field.
    package var document: JSONValue {
        var document: JSONObject = [
            "apiVersion": .string(Self.form.version), "kind": .string(Self.form.kind),
        ]
        for field in AgentField.all {
            document.insert(field.write(self), at: field.key.split(separator: "."))
        }
        return .object(document)
    }

    package var yaml: String {
        var writer = YAMLWriter()
        writer.write(document)
        return writer.text
    }
}
