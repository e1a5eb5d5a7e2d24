import DNS
import Platform
import Synchronization

extension FuzzTargets {
    /// What upstream servers answer, and whoever pretends to be one.
    static let upstreamReplies = [
        FuzzTarget("dns.upstream", corpus: replies) { input in
            for isStream in [false, true] {
                guard case .answer(let message) = sent.verdict(on: input, isStream: isStream),
                    let clean = Sanitizer.clean(message, for: lookup)
                else { continue }
                precondition(ownersAreAskedFor(clean), "\(clean.answers)")
                precondition(clean.additionals.isEmpty && clean.encoded().count <= longestMessage)
                kept.withLock { $0?.keep(clean) }
            }
        }
    ]

    /// A cache that is filled with what was let through.
    static let kept = Mutex(keptAnswers())

    private static func keptAnswers() -> sending KeptAnswers? { try? KeptAnswers() }

    static let lookup = Lookup(DomainName(words: "www.Example.com"), .a)
    private static let sent = SentQuery(lookup, id: 7, hasEDNS: true)

    /// The name that was asked for, or one that an alias before leads to.
    private static func ownersAreAskedFor(_ reply: Message) -> Bool {
        var names = [lookup.name.lowercased]
        for record in reply.answers {
            guard names.contains(record.name.lowercased) else { return false }
            if record.type == .cname, let target = record.data.span.name(at: 0)?.name {
                names.append(target.lowercased)
            }
        }
        return true
    }

    private static let replies: [[UInt8]] = {
        let alias = DomainName(words: "alias.example.com")
        let zone = DomainName(words: "example.com")
        let soa = Record(
            zone, .soa, ttl: 60,
            data: alias.wire + zone.wire + [UInt8](repeating: 1, count: 20))
        return [
            [Record(lookup.name, .a, ttl: 30, data: [192, 0, 2, 1])],
            [
                Record(lookup.name, .cname, ttl: 30, data: alias.wire),
                Record(alias, .a, ttl: 9, data: [192, 0, 2, 1]),
                Record(alias, .a, ttl: 8, data: [192, 0, 2, 2]),
            ],
            [],
        ].map { records in
            var reply = (try? Message(decoding: sent.bytes)) ?? Message.query(zone, .a, id: 7)
            reply.flags.insert([.response, .recursionAvailable])
            reply.answers = records
            reply.authorities = records.isEmpty ? [soa] : []
            reply.additionals = records
            reply.responseCode = records.isEmpty ? .nameError : .noError
            return reply.encoded()
        }
    }()
}

/// What was kept must come out again as it went in.
struct KeptAnswers: ~Copyable {
    private var writer: CacheWriter
    private var reader: CacheReader
    private let seat: Epochs.Reader
    private var now: UInt32 = 1
    private let question: [UInt8]

    init() throws {
        let epochs = Epochs(readers: 1)
        guard let seat = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "read a cache")
        }
        let writer = try CacheWriter(CacheSettings(), readers: epochs)
        self.seat = seat
        reader = writer.reader()
        self.writer = writer
        question = Message.query(FuzzTargets.lookup.name, .a, id: 9).encoded()
    }

    mutating func keep(_ message: Message) {
        now += 1
        let key = CacheKey(FuzzTargets.lookup.name, .a)
        guard case .keep(let kind, _) = writer.store(message, for: key, at: now) else { return }
        guard kind != .failure else { return }
        var room = question + [UInt8](repeating: 0, count: longestMessage - question.count)
        var (query, name) = (Query(), QuestionName())
        guard case .question = query.read(question.span, name: &name) else { return }
        seat.enter()
        defer { seat.leave() }
        var span = room.mutableSpan
        guard
            let hit = reader.answer(
                query, name, at: now, into: &span, in: question.count..<longestMessage)
        else { preconditionFailure("what was kept is not there") }
        let counts = [(6, hit.answers), (8, hit.authorities), (10, hit.additionals)]
        for (offset, count) in counts {
            room[offset] = UInt8(count >> 8)
            room[offset + 1] = UInt8(truncatingIfNeeded: count)
        }
        let kept = try? Message(decoding: room.span.extracting(first: hit.end))
        precondition(kept?.answers.count == message.answers.count, "\(message)")
    }
}
