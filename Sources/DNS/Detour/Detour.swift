import Network

/// What a block does to questions and replies that cannot be done in passing.
///
/// A block that has none answers as if there were no such thing.
package final class Detour: Sendable {
    let rewrites: [RewriteRule]
    /// Whether only the answers of a success are sent.
    let isMinimal: Bool
    /// The server's name, for those who ask for it (RFC 5001).
    let serverName: [UInt8]?
    /// Whether localhost is answered before anything else.
    let answersLocalhost: Bool
    let hosts: HostNames?
    let files: ZoneFiles?
    let search: SearchList?

    /// Nil if there is nothing to do.
    package init?(_ parts: Parts) {
        rewrites = parts.rewrites
        isMinimal = parts.isMinimal
        serverName = parts.serverName
        answersLocalhost = parts.answersLocalhost
        hosts = parts.hosts
        files = parts.files
        search = parts.search
        if parts.isEmpty { return nil }
    }

    package struct Parts: Sendable {
        package var rewrites: [RewriteRule] = []
        package var isMinimal = false
        package var serverName: [UInt8]?
        package var answersLocalhost = false
        package var hosts: HostNames?
        package var files: ZoneFiles?
        package var search: SearchList?

        package init() {}

        fileprivate var isEmpty: Bool {
            rewrites.isEmpty && !isMinimal && serverName == nil && !answersLocalhost
                && hosts == nil && files == nil && search == nil
        }
    }
}

extension Detour {
    /// Whether a question has to go this way, be it only because its answer is put together here.
    func takes(
        _ query: Query, _ name: borrowing QuestionName, from client: IPAddress
    ) -> Bool {
        guard query.edns.map({ $0.version == 0 }) ?? true else { return false }
        if isForAll || isNamed(to: query) { return true }
        if let search, search.takes(name, from: client) { return true }
        return has(name, query.type)
    }

    private func has(_ name: borrowing QuestionName, _ type: RecordType) -> Bool {
        if answersLocalhost, SpecialNames.isLocal(name) { return true }
        if let files, files.zone(of: name) != nil { return true }
        return hosts?.takes(name, type) ?? false
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
