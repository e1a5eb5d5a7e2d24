/// What tells an object from all others of its kind.
package struct ObjectKey: Hashable, Sendable {
    /// Empty for kinds that stand outside namespaces.
    package let namespace: String
    package let name: String

    package init(namespace: String = "", name: String) {
        self.namespace = namespace
        self.name = name
    }
}

extension ObjectKey: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

extension ObjectKey: CustomStringConvertible {
    package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
}
