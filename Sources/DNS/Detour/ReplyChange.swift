/// What is changed in a reply before the client gets it.
enum ReplyChange: Hashable, Sendable {
    /// The client's own question stands where another was answered.
    case question(Message.Question)
    /// An alias leads from the name that was asked for to the one that was answered.
    case alias(from: DomainName)
    case owners(NameChange)
    /// The names in records' data.
    case values(NameChange)
    case recordClass(from: RecordClass, to: RecordClass)
    /// TTLs are brought within.
    case ttl(ClosedRange<UInt32>)
    case responseCode(from: ResponseCode, to: ResponseCode)
    /// Of a success only the answers stay.
    case answersOnly
    /// The server's name, for those who asked for it (RFC 5001).
    case serverName([UInt8])
}

extension Message {
    mutating func apply(_ changes: [ReplyChange]) { for change in changes { apply(change) } }

    private mutating func apply(_ change: ReplyChange) {
        switch change {
        case .question(let question): questions = [question]
        case .alias(let name): addAlias(from: name)
        case .owners(let change): changeRecords { $0.name = change.changed($0.name) }
        case .values(let change): changeRecords { $0.changeNames(by: change) }
        case .recordClass(let from, let to):
            changeRecords { if $0.recordClass == from { $0.recordClass = to } }
        case .ttl(let range):
            changeRecords { $0.ttl = min(max($0.ttl, range.lowerBound), range.upperBound) }
        case .responseCode(let from, let to): if responseCode == from { responseCode = to }
        case .answersOnly: keepAnswers()
        case .serverName(let name): edns?.options.append(EDNS.Option(.nsid, name))
        }
    }

    private mutating func changeRecords(_ change: (inout Record) -> Void) {
        for index in answers.indices { change(&answers[index]) }
        for index in authorities.indices { change(&authorities[index]) }
        for index in additionals.indices { change(&additionals[index]) }
    }

    private mutating func addAlias(from name: DomainName) {
        guard let found = questions.first?.name, found != name, let first = answers.first else {
            return
        }
        answers.insert(Record(name, .cname, ttl: first.ttl, data: found.wire), at: 0)
    }

    private mutating func keepAnswers() {
        guard responseCode == .noError, !answers.isEmpty else { return }
        (authorities, additionals) = ([], [])
    }
}
