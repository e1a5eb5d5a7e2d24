package import Kubernetes
package import Support

/// What `weft get` is asked for.
package struct GetRequest: Hashable, Sendable {
    package enum Format: Hashable, Sendable {
        case table(isWide: Bool)
        case json
        case yaml
        case names
    }

    package var view: View
    /// All where there are none.
    package var names: [String] = []
    /// Nil for all namespaces.
    package var namespace: String?
    package var selector = LabelSelector()
    package var format = Format.table(isWide: false)
    package var follows = false

    package static let standardNamespace = "default"

    package init(_ view: View) {
        self.view = view
        namespace = view.isNamespaced ? Self.standardNamespace : nil
    }
}

extension GetRequest {
    package static let options = [
        Option("namespace", letter: "n", value: "NS", help: "Objects of this namespace"),
        Option("all-namespaces", letter: "A", help: "Objects of all namespaces"),
        Option(
            "output", letter: "o", value: "wide|json|yaml|name",
            help: "How to print; wide has more columns"),
        Option("watch", letter: "w", help: "Go on, and print each object that changes"),
        Option(
            "selector", letter: "l", value: "SELECTOR",
            help: "Objects with these labels: a=b,c!=d,e in (f,g),h notin (i),j,!k"),
    ]

    /// What operands and options ask for; `namespace` is where to look when none is named.
    package init(
        _ arguments: Arguments, namespace standard: String = standardNamespace
    ) throws(UsageError) {
        let words = arguments.operands
        guard let first = words.first else {
            throw UsageError("say what to get: \(Self.choices)")
        }
        let parts = first.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let view = View(word: String(parts[0])) else {
            throw UsageError("there is no '\(parts[0])' to get; there are \(Self.choices)")
        }
        self.view = view
        names = parts.dropFirst().map(String.init) + words.dropFirst()
        namespace = try Self.namespace(arguments, standard)
        if !view.isNamespaced { namespace = nil }
        selector = try arguments.text("selector").map(Self.selector) ?? selector
        format = try Self.format(arguments.text("output"))
        follows = arguments.has("watch")
        try checkNames(arguments)
    }

    private static func selector(_ text: String) throws(UsageError) -> LabelSelector {
        do throws(ObjectError) { return try LabelSelector(text: text) } catch {
            throw UsageError("\(error)")
        }
    }

    private static let choices = View.allCases.map(\.rawValue).joined(separator: ", ")

    private static func namespace(
        _ arguments: Arguments, _ standard: String
    ) throws(UsageError) -> String? {
        guard let namespace = arguments.text("namespace") else {
            return arguments.has("all-namespaces") ? nil : standard
        }
        if arguments.has("all-namespaces") {
            throw UsageError("--namespace and --all-namespaces exclude each other")
        }
        if namespace.isEmpty { throw UsageError("--namespace needs a name") }
        return namespace
    }

    private static func format(_ word: String?) throws(UsageError) -> Format {
        switch word {
        case nil: .table(isWide: false)
        case "wide": .table(isWide: true)
        case "json": .json
        case "yaml": .yaml
        case "name": .names
        default: throw UsageError("--output is wide, json, yaml or name, not '\(word ?? "")'")
        }
    }

    private func checkNames(_ arguments: Arguments) throws(UsageError) {
        if names.isEmpty { return }
        if names.contains("") { throw UsageError("a name is empty") }
        if arguments.has("all-namespaces"), view.isNamespaced {
            throw UsageError("a name is looked for in one namespace: give --namespace instead")
        }
        if arguments.has("selector") {
            throw UsageError("objects are chosen by name or by --selector, not by both")
        }
    }
}

extension GetRequest {
    /// Whether an object is among those that are asked for.
    func takes(_ item: Item) -> Bool {
        (namespace == nil || item.key.namespace == namespace)
            && (names.isEmpty || names.contains(item.key.name))
            && selector.matches(item.labels)
    }
}
