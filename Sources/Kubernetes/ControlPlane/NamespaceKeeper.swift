/// Keeps a Namespace for each namespace that a manifest makes or uses.
struct NamespaceKeeper {
    private var written: [String: Namespace] = [:]
    private var uses: [String: Int] = Dictionary(
        uniqueKeysWithValues: always.map { ($0, 1) })
    private var held: [String: Namespace] = [:]
    private var touched = Set(always)

    /// Those that every cluster has.
    private static let always = [ObjectMeta.defaultNamespace, "kube-system"]
}

extension NamespaceKeeper {
    mutating func set(_ namespace: Namespace?, _ name: String) {
        written[name] = namespace
        touched.insert(name)
    }

    /// Counts the objects of a namespace.
    mutating func use(_ name: String, by difference: Int) {
        uses[name, default: 0] += difference
        if uses[name] == 0 { uses[name] = nil }
        touched.insert(name)
    }

    /// What is different since the last time; nil for a namespace that is gone.
    mutating func differences() -> [(name: String, now: Namespace?)] {
        var differences: [(String, Namespace?)] = []
        for name in touched.sorted() {
            let now = written[name] ?? (uses[name] == nil ? nil : Namespace(implied: name))
            let complete = now?.completed
            if complete != held[name] { differences.append((name, complete)) }
            held[name] = complete
        }
        touched = []
        return differences
    }
}

extension Namespace {
    fileprivate init(implied name: String) {
        self.init()
        metadata.name = name
    }

    fileprivate var completed: Namespace {
        var namespace = self
        namespace.metadata.labels["kubernetes.io/metadata.name"] = metadata.name
        if status.phase.isEmpty { namespace.status.phase = "Active" }
        return namespace
    }
}
