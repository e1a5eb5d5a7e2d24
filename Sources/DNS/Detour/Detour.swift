/// What a block does to questions and replies that cannot be done in passing.
///
/// A block that has none answers as if there were no such thing.
package final class Detour: Sendable {
    let rewrites: [RewriteRule]
    /// Whether only the answers of a success are sent.
    let isMinimal: Bool
    /// The server's name, for those who ask for it (RFC 5001).
    let serverName: [UInt8]?

    /// Nil if there is nothing to do.
    package init?(_ parts: Parts) {
        rewrites = parts.rewrites
        isMinimal = parts.isMinimal
        serverName = parts.serverName
        if parts == Parts() { return nil }
    }

    package struct Parts: Hashable, Sendable {
        package var rewrites: [RewriteRule] = []
        package var isMinimal = false
        package var serverName: [UInt8]?

        package init() {}
    }
}

extension Detour {
    /// Whether a question has to go this way.
    func takes(_ query: Query) -> Bool {
        guard query.edns.map({ $0.version == 0 }) ?? true else { return false }
        return isForAll || isNamed(to: query)
    }

    private var isForAll: Bool { isMinimal || !rewrites.isEmpty }

    private func isNamed(to query: Query) -> Bool {
        serverName != nil && query.edns?.wantsNSID == true
    }

    /// What is done to every reply to a question.
    func changes(for query: Query) -> [ReplyChange] {
        var changes: [ReplyChange] = []
        if isMinimal { changes.append(.answersOnly) }
        if let serverName, isNamed(to: query) { changes.append(.serverName(serverName)) }
        return changes
    }
}
