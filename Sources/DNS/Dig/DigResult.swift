/// What came of the questions about one name.
package struct DigResult: Hashable, Sendable {
    package var name: DomainName
    package var replies: [DigReply]

    package init(_ name: DomainName, _ replies: [DigReply]) {
        self.name = name
        self.replies = replies
    }

    /// In the order of what is worse.
    package enum Finding: Int, Hashable, Sendable, Comparable {
        /// There are records of the type that was asked for.
        case answer
        /// The name exists without them.
        case noData
        case noSuchName
        /// Others are to be asked.
        case referral
        /// The server cannot or will not say.
        case failure

        package static func < (left: Finding, right: Finding) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The best of the replies' findings.
    package var finding: Finding { replies.map(\.message.finding).min() ?? .failure }
}

extension Message {
    package var finding: DigResult.Finding {
        switch responseCode {
        case .noError: break
        case .nameError: return .noSuchName
        default: return .failure
        }
        guard let question = questions.first else { return .failure }
        let wanted = answers.contains { $0.type == question.type || question.type == .any }
        if wanted { return .answer }
        let isReferral =
            answers.isEmpty && !flags.contains(.authoritative)
            && authorities.contains { $0.type == .ns }
            && !authorities.contains { $0.type == .soa }
        return isReferral ? .referral : .noData
    }
}

/// All that was tried for a request, the last of it with the result.
package struct DigReport: Hashable, Sendable {
    package private(set) var results: [DigResult] = []

    package init() {}

    package var last: DigResult? { results.last }

    /// Asks until a name has what is wanted; what was found of a name goes before what was not.
    package mutating func run(
        _ names: [DomainName],
        _ ask: (DomainName) throws(DNSError) -> DigResult
    ) throws(DNSError) {
        for name in names {
            let result = try ask(name)
            results.append(result)
            if result.finding == .answer { return }
        }
        // The name that exists is what the C library's callers are told of.
        if let best = results.min(by: { $0.finding < $1.finding }) {
            results.removeAll { $0 == best }
            results.append(best)
        }
    }
}
