/// Which nodes are others than before; both lists are sorted by name.
struct NodeChanges: Equatable, Sendable {
    var removed: [String] = []
    /// New, or with something new about them.
    var set: [ClusterNode] = []

    init(from old: [ClusterNode], to new: [ClusterNode]) {
        var old = old[...]
        for node in new {
            while let first = old.first, first.name < node.name {
                removed.append(first.name)
                old = old.dropFirst()
            }
            let known = old.first?.name == node.name ? old.popFirst() : nil
            if known != node { set.append(node) }
        }
        removed += old.map(\.name)
    }

    var isEmpty: Bool { removed.isEmpty && set.isEmpty }
}
