package import JSON
import Platform

extension DigReport {
    /// For programs: a member for each name that was asked for, in the order of the text.
    package func document(_ explanation: [String]?) -> JSONValue {
        var document: JSONObject = ["names": .array(results.map(\.document))]
        if let explanation {
            document.members.append(
                JSONObject.Member(key: "why", value: .array(explanation.map(JSONValue.string))))
        }
        return .object(document)
    }
}

extension DigResult {
    fileprivate var document: JSONValue {
        .object(["name": .string("\(name)"), "replies": .array(replies.map(\.document))])
    }
}

extension DigReply {
    fileprivate var document: JSONValue {
        let question = message.questions.first
        return .object([
            "type": .string(question.map { "\($0.type)" } ?? ""),
            "class": .string(question.map { "\($0.recordClass)" } ?? ""),
            "code": .string("\(message.responseCode)"),
            "authoritative": .bool(message.flags.contains(.authoritative)),
            "truncated": .bool(message.flags.contains(.truncated)),
            "recursionAvailable": .bool(message.flags.contains(.recursionAvailable)),
            "authenticData": .bool(message.flags.contains(.authenticData)),
            "server": .string("\(server)"), "transport": .string(transport.rawValue),
            "bytes": .number("\(size)"), "microseconds": .number("\(elapsed.nanoseconds / 1000)"),
            "reasons": .array(message.reasons.map(\.document)),
            "answers": .array(message.answers.map(\.document)),
            "authorities": .array(message.authorities.map(\.document)),
            "additionals": .array(message.additionals.map(\.document)),
        ])
    }
}

extension StatedReason {
    fileprivate var document: JSONValue {
        .object([
            "code": .number("\(code.rawValue)"), "meaning": .string("\(code)"),
            "text": .string(text),
        ])
    }
}

extension Record {
    fileprivate var document: JSONValue {
        .object([
            "name": .string("\(name)"), "ttl": .number("\(ttl)"), "type": .string("\(type)"),
            "class": .string("\(recordClass)"), "data": .string(RecordData.text(type, data)),
        ])
    }
}
