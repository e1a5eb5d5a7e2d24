import YAML

/// What one or more kubeconfig files hold; an entry is looked into only when it is used.
package struct Kubeconfig: Sendable {
    private(set) var currentContext: ConfigValue?
    private(set) var contexts: [String: ConfigValue] = [:]
    private(set) var clusters: [String: ConfigValue] = [:]
    private(set) var users: [String: ConfigValue] = [:]

    /// The names of all contexts, sorted.
    package var contextNames: [String] { contexts.keys.sorted() }

    package init() {}

    /// Reads YAML or JSON, which is YAML too; keys that Weft does not know are ignored.
    package init(_ text: Span<UInt8>, file: String) throws(CredentialsError) {
        guard let root = try Self.root(of: text, file: file) else { return }
        if let kind = try root.text("kind"), kind != "Config" {
            throw root.invalid("is a \(kind), not a kubeconfig", "give a file of kind Config")
        }
        currentContext = try root["current-context"].flatMap { value throws(CredentialsError) in
            try value.text() == nil ? nil : value
        }
        contexts = try Self.entries(of: root, "contexts", "context")
        clusters = try Self.entries(of: root, "clusters", "cluster")
        users = try Self.entries(of: root, "users", "user")
    }

    /// Adds what another file holds; what was there before wins, entry by entry, as in `kubectl`.
    package mutating func merge(_ other: Kubeconfig) {
        if currentContext == nil { currentContext = other.currentContext }
        contexts.merge(other.contexts) { first, _ in first }
        clusters.merge(other.clusters) { first, _ in first }
        users.merge(other.users) { first, _ in first }
    }

    /// Whether there is nothing in it that could be used.
    var isEmpty: Bool { currentContext == nil && contexts.isEmpty && clusters.isEmpty }
}

extension Kubeconfig {
    /// The value that the only document is; nil for a file without one.
    private static func root(
        of text: Span<UInt8>, file: String
    ) throws(CredentialsError) -> ConfigValue? {
        let documents = YAMLStream(text).documents
        guard let first = documents.first else { return nil }
        let root: YAMLNode
        do throws(YAMLError) {
            root = try first.get().root
        } catch {
            throw CredentialsError(
                .invalid, "\(file):\(error.line):\(error.column)", error.problem,
                remedy: "mend the file")
        }
        let value = ConfigValue(node: root, file: file, path: "")
        guard root.kind == .mapping || root.kind == .null else {
            throw value.invalid("is not a kubeconfig", "give a file of kind Config")
        }
        guard documents.count == 1 else {
            throw value.invalid("holds several documents", "keep one, or list files in KUBECONFIG")
        }
        return value
    }

    /// The entries of a list by name.
    private static func entries(
        of root: ConfigValue, _ list: String, _ key: String
    ) throws(CredentialsError) -> [String: ConfigValue] {
        var entries: [String: ConfigValue] = [:]
        for element in try root.elements(list) {
            guard let name = try element.text("name") else {
                throw element.missing("name", "give the entry a name")
            }
            // Found again by its name rather than by its number.
            let named = ConfigValue(
                node: element.node, file: element.file, path: "\(list)[\(name)]")
            guard let node = element.node[key] else {
                throw named.missing(key, "write \(key): {} if there is nothing to say")
            }
            let value = ConfigValue(node: node, file: named.file, path: "\(named.path).\(key)")
            guard node.kind == .mapping || node.kind == .null else {
                throw value.invalid("must be a mapping", "write its keys below it")
            }
            guard entries.updateValue(value, forKey: name) == nil else {
                throw named.invalid("is there twice", "rename or remove one")
            }
        }
        return entries
    }
}
