import Support

/// What a node's own server has to say of its machine.
package enum NodeLocalReport: Hashable, Sendable {
    /// This kernel has no links of a kind that has no wire.
    case usesLoopback
    /// Packets are led to the server from now on.
    case leading
    /// Somebody had changed addresses or rules, and they are as they should be again.
    case repaired
    /// It is tried again.
    case failed(DNSError)
    /// What is left is another process's, or could not be removed.
    case left(DNSError)
}

extension Log {
    func callAsFunction(_ report: NodeLocalReport) {
        switch report {
        case .usesLoopback:
            self(.info, "this kernel makes no dummy links; the node's addresses are on lo")
        case .leading: self(.info, "queries to the node's addresses are answered here")
        case .repaired: self(.warning, "the node's addresses or rules were changed, and mended")
        case .failed(let error):
            self(.error, "the node is not served fully; trying again", ["cause": "\(error)"])
        case .left(let error):
            self(.warning, "addresses and rules are left", ["cause": "\(error)"])
        }
    }
}
