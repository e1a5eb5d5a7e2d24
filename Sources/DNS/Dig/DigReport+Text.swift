extension DigReport {
    /// For people: what was tried, and the last of it with all that was said.
    package var text: String {
        let width = results.map { "\($0.name)".count }.max() ?? 0
        let tried = results.dropLast().map { result in
            "tried \("\(result.name)".padded(to: width))  \(result.replies.outcome)\n"
        }
        return tried.joined() + (last?.text ?? "")
    }

    /// The data of the answers alone, a line each.
    package var shortText: String {
        (last?.replies ?? []).flatMap(\.message.answers)
            .map { RecordData.text($0.type, $0.data) + "\n" }.joined()
    }
}

extension [DigReply] {
    /// In a few words, each once.
    fileprivate var outcome: String {
        var outcomes: [String] = []
        for reply in self {
            let words = reply.message.outcome
            if !outcomes.contains(words) { outcomes.append(words) }
        }
        return outcomes.joined(separator: "; ")
    }
}

extension DigResult {
    fileprivate var text: String { replies.map(\.text).joined() }
}

extension DigReply {
    fileprivate var text: String {
        let question = message.questions.first
        let title = question.map { question in
            let suffix = question.recordClass == .internet ? "" : " \(question.recordClass)"
            return "\(question.name) \(question.type)\(suffix)"
        }
        let words = [message.outcome] + message.remarks
        let facts = "from \(server) by \(transport.rawValue), \(size) bytes in \(elapsed.words)"
        let sections = [
            ("", message.answers), ("authority", message.authorities),
            ("additional", message.additionals),
        ]
        return "\(title ?? "?"): \(words.joined(separator: ", ")) (\(facts))\n"
            + message.reasons.map { "  reason: \($0)\n" }.joined()
            + sections.map { $0.1.text(titled: $0.0) }.joined()
    }
}

extension StatedReason: CustomStringConvertible {
    package var description: String {
        // What a server writes is shown, but does not steer a terminal.
        text.isEmpty ? "\(code)" : "\(code): \(RecordDataPrinter.quoted(text.utf8))"
    }
}

extension Message {
    /// The code in words.
    var outcome: String {
        switch responseCode {
        case .noError:
            switch finding {
            case .answer: answers.count == 1 ? "1 record" : "\(answers.count) records"
            case .referral: "ask the servers below"
            default: answers.isEmpty ? "no such record" : "an alias without such a record"
            }
        case .nameError: "no such name (NXDOMAIN)"
        case .serverFailure: "the server failed (SERVFAIL)"
        case .refused: "the server refuses to answer (REFUSED)"
        case .formatError: "the server does not understand the question (FORMERR)"
        case .notImplemented: "the server cannot do this (NOTIMP)"
        default: "\(responseCode)"
        }
    }

    /// The flags that tell something that is not to be expected.
    var remarks: [String] {
        var remarks: [String] = []
        if flags.contains(.authoritative) { remarks.append("authoritative") }
        if flags.contains(.authenticData) { remarks.append("validated") }
        if flags.contains(.truncated) { remarks.append("cut short") }
        // Who has authority needs to ask nobody else.
        if flags.isDisjoint(with: [.authoritative, .recursionAvailable]),
            flags.contains(.recursionDesired)
        {
            remarks.append("no recursion")
        }
        return remarks
    }
}

extension [Record] {
    /// A line each, in columns.
    fileprivate func text(titled title: String) -> String {
        if isEmpty { return "" }
        let rows = map { record in
            ["\(record.name)", "\(record.ttl)", "\(record.type)"]
        }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let margin = title.isEmpty ? "  " : "    "
        let lines = zip(self, rows).map { record, row in
            let cells = zip(row, widths).map { $0.padded(to: $1) }
            return margin + cells.joined(separator: "  ") + "  "
                + RecordData.text(record.type, record.data) + "\n"
        }
        return (title.isEmpty ? "" : "  \(title):\n") + lines.joined()
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
