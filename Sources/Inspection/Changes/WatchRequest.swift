package import Kubernetes
package import Support

/// What `weft watch` is asked for.
package struct WatchRequest: Hashable, Sendable {
    package var kinds = Set(Kind.allCases)
    /// Nil for all namespaces.
    package var namespace: String?
    package var isJSON = false
    /// Leaves out what was there when the watch began.
    package var onlyChanges = false

    package init() {}
}

extension WatchRequest {
    package static let options = [
        Option("namespace", letter: "n", value: "NS", help: "Objects of this namespace"),
        Option("output", letter: "o", value: "json", help: "An object for each line"),
        Option("watch-only", help: "Leave out what is there at the beginning"),
    ]

    /// What operands, which are the words that `weft get` knows, and options ask for.
    package init(_ arguments: Arguments) throws(UsageError) {
        if !arguments.operands.isEmpty { kinds = [] }
        for word in arguments.operands {
            guard let view = View(word: word) else {
                let choices = View.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("there is no '\(word)' to watch; there are \(choices)")
            }
            kinds.formUnion(view.kinds)
        }
        namespace = arguments.text("namespace")
        onlyChanges = arguments.has("watch-only")
        guard let format = arguments.text("output") else { return }
        guard format == "json" else { throw UsageError("--output is json, not '\(format)'") }
        isJSON = true
    }
}
