/// The annotations that Weft or Kubernetes gave a meaning for the network.
package struct Annotations: Hashable, Sendable {
    package private(set) var kept = Labels()

    package init() {}
}

extension Annotations: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements { add(key, value) }
    }
}

extension Annotations {
    package subscript(_ key: String) -> String? { kept[key] }

    /// Takes an annotation in if it is one of those that are kept.
    mutating func add(_ key: String, _ value: String) {
        if Self.isKept(key) { kept[key] = value }
    }

    /// `kubectl` notes the whole object down in one of these: they may be larger than all the rest.
    private static func isKept(_ key: String) -> Bool {
        guard let slash = key.firstIndex(of: "/") else { return false }
        let domain = key[..<slash]
        if domain == "weft.dev" || domain.hasSuffix(".weft.dev") { return true }
        return domain.hasSuffix(".kubernetes.io") && domain != "kubectl.kubernetes.io"
    }
}
