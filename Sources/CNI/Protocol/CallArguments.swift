/// What CNI_ARGS carries: `KEY=value;KEY=value` (C16).
package struct CallArguments: Sendable {
    /// The keys that one plugin of the suite or another reads; the case counts.
    private static let known: Set = [
        "IgnoreUnknown", "IP", "GATEWAY", "MAC", "K8S_POD_NAMESPACE", "K8S_POD_NAME",
        "K8S_POD_INFRA_CONTAINER_ID", "K8S_POD_UID",
    ]

    private var values: [String: String] = [:]

    package static let none = CallArguments()

    private init() {}

    package init(_ text: String) throws(CNIError) {
        for pair in text.split(separator: ";", omittingEmptySubsequences: true) {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw Self.error("\"\(pair)\" is not of the form KEY=value")
            }
            values[String(parts[0])] = String(parts[1])
        }
        if try Self.isTrue(values["IgnoreUnknown"]) { return }
        let unknown = values.keys.filter { !Self.known.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw Self.error(
                "unknown keys \(unknown.joined(separator: ", ")); IgnoreUnknown=1 permits them")
        }
    }

    /// A key's value; nil when it is absent or empty.
    package subscript(_ key: String) -> String? {
        values[key].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The pod as people name it, where the runtime said so.
    package var pod: String? {
        guard let namespace = self["K8S_POD_NAMESPACE"], let name = self["K8S_POD_NAME"] else {
            return nil
        }
        return "\(namespace)/\(name)"
    }

    private static func isTrue(_ text: String?) throws(CNIError) -> Bool {
        switch text?.lowercased() {
        case nil, "0", "false": false
        case "1", "true": true
        default: throw error("IgnoreUnknown must be 1, true, 0 or false")
        }
    }

    private static func error(_ details: String) -> CNIError {
        CNIError(.invalidEnvironment, "CNI_ARGS is not valid", details: details)
    }
}
