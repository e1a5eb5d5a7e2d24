import Network
import Testing

@testable import Agent

@Suite struct NodeChangesTests {
    private static func nodes(_ names: String...) -> [ClusterNode] {
        names.map { name in clusterNode(String(name.prefix(1)), ["10.0.\(name.count).0/24"], []) }
    }

    static let cases: [([ClusterNode], [ClusterNode], removed: [String], set: [String])] = [
        (nodes(), nodes(), [], []),
        (nodes("a"), nodes("a"), [], []),
        (nodes(), nodes("a", "b"), [], ["a", "b"]),
        (nodes("a", "b"), nodes(), ["a", "b"], []),
        (nodes("a", "c"), nodes("b", "d"), ["a", "c"], ["b", "d"]),
        (nodes("a", "b", "c"), nodes("a", "bb", "c"), [], ["b"]),
        (nodes("a", "b", "c"), nodes("b", "d"), ["a", "c"], ["d"]),
    ]

    @Test(arguments: cases)
    func `R2: nodes are compared as they are, not as they were told to change`(
        old: [ClusterNode], new: [ClusterNode], removed: [String], set: [String]
    ) {
        let changes = NodeChanges(from: old, to: new)
        #expect(changes.removed == removed)
        #expect(changes.set.map(\.name) == set)
        #expect(changes.isEmpty == (old == new))
    }
}
