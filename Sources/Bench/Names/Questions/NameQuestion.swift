import DNS

/// A question, and what its answer must be.
struct NameQuestion: Hashable, Sendable {
    /// The whole name, with a dot at its end.
    let name: String
    let type: RecordType
    /// Whether the name exists, with records of this type or not.
    let exists: Bool
    let answers: [NameRecord]

    init(_ name: String, _ type: RecordType, exists: Bool, _ answers: [NameRecord] = []) {
        self.name = name
        self.type = type
        self.exists = exists
        self.answers = answers
    }

    /// A question for a name that has records.
    init(_ name: String, _ type: RecordType, in names: ServedNames) {
        self.init(name, type, exists: names.exists(name), names.records(name, type))
    }

    var code: ResponseCode { exists ? .noError : .nameError }
}

extension NameQuestion {
    /// As clients send it.
    ///
    /// The C library asks without EDNS; those who ask for ports, as Go's resolver, with it.
    var message: Message {
        get throws(DNSError) {
            var message = Message.query(try DomainName(name), type, id: 0)
            if type == .srv { message.edns = EDNS(payloadSize: EDNS.safePayload) }
            return message
        }
    }

    /// A line of dnsperf's input.
    var line: String { "\(name) \(type)\n" }
}
