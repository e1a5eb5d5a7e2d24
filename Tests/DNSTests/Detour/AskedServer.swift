import Network
import Platform
import Testing

@testable import DNS

/// One block that is asked directly, as a listener does it.
struct AskedServer: ~Copyable {
    private var answerer: Answerer
    private(set) var refreshed = 0
    /// When it is; nil is now.
    var moment: Moment?

    init(
        _ parts: ServedBlock.Parts, zone: DomainName = .root, readers epochs: Epochs,
        caches: [CacheReader] = [], counts: SharedCounts = SharedCounts(),
        limit: RateLimit? = nil
    ) throws {
        let catalog = Catalog(
            [ServedBlock(zone, parts)], cookies: CookieSecret(low: 1, high: 2), caches: caches,
            limit: limit)
        guard let reader = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "read as one more")
        }
        answerer = Answerer(catalog, reader, counts: counts)
    }

    enum Said {
        case reply(Message)
        case nothing
        case later(PendingQuestion)
        /// The first message, and what follows.
        case transfer([[UInt8]], ZoneTransfer)

        var message: Message? { if case .reply(let message) = self { message } else { nil } }
        /// The records of the answer, in text.
        var texts: [String] { message?.answerTexts ?? [] }
        var pending: PendingQuestion? {
            if case .later(let question) = self { question } else { nil }
        }
    }

    mutating func ask(
        _ text: String, _ type: RecordType = .a, from client: String = "10.1.0.1",
        by transport: Client.Transport = .udp, _ change: (inout Message) -> Void = { _ in }
    ) throws -> Said {
        var message = Message.query(try DomainName(text), type, id: 4711)
        change(&message)
        return try ask(message.encoded(), from: client, by: transport)
    }

    mutating func ask(
        _ octets: [UInt8], from client: String = "10.1.0.1", by transport: Client.Transport = .udp
    ) throws -> Said {
        var room = [UInt8](repeating: 0, count: transport == .udp ? 4096 : longestMessage)
        var span = room.mutableSpan
        answerer.begin(at: moment ?? .now)
        let asker = Client(try #require(IPAddress(client)), transport)
        let disposition = answerer.answer(octets.span, from: asker, into: &span)
        answerer.end()
        switch disposition {
        case .drop: return .nothing
        case .later(let question): return .later(question)
        case .reply(let length): return .reply(try Message(decoding: Array(room[..<length])))
        case .replyAndTransfer(let length, let transfer):
            return .transfer([Array(room[..<length])], transfer)
        case .replyAndRefresh(let length, _):
            refreshed += 1
            return .reply(try Message(decoding: Array(room[..<length])))
        }
    }
}

extension Message {
    /// The records of the answer, each as its name, its type and its data in text.
    var answerTexts: [String] {
        answers.map { "\($0.name) \($0.type) \(RecordData($0.type, $0.data))" }
    }
}
