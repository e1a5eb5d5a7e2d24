package import Network

/// Something about a Node object that keeps its pods from being reached.
package struct NodeFinding: Hashable, Sendable {
    package let node: String
    package let problem: Problem

    package enum Problem: Hashable, Sendable {
        /// A pod network that is none.
        case unreadable(String)
        /// A pod network that overlaps one of an older node's, which counts.
        case overlapping(CIDR, String)
    }

    init(node: String, _ problem: Problem) {
        self.node = node
        self.problem = problem
    }
}

extension NodeFinding: CustomStringConvertible {
    package var description: String {
        switch problem {
        case .unreadable(let text): "node \(node): its pod network '\(text)' is none, and ignored"
        case .overlapping(let network, let other):
            "node \(node): its pod network \(network) overlaps one of node \(other)'s, which counts; "
                + "give one of them another"
        }
    }
}
