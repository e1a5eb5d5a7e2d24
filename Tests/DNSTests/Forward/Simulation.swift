import FuzzSupport
import Network
import Platform

@testable import DNS

/// An engine in a world without sockets, where time is what the test says.
struct Simulation {
    var engine: ForwardEngine
    private(set) var now = MonotonicTime(nanoseconds: 1_000_000_000)
    /// What has been sent to upstreams, the oldest first.
    private(set) var sent: [Sent] = []
    private(set) var open: Set<SocketID> = []
    private(set) var ends: [Waiter: End] = [:]
    private(set) var observations: [ForwardObservation] = []
    private var peers: [SocketID: AddressAndPort] = [:]

    struct Sent {
        let socket: SocketID
        let peer: AddressAndPort
        let message: Message
        let isStream: Bool
        let time: MonotonicTime
    }

    struct End {
        let resolution: Resolution
        let time: MonotonicTime
    }

    init(_ pools: [ForwardSettings], seed: UInt64 = 1) {
        engine = ForwardEngine(pools, random: SeededGenerator(seed: seed))
    }

    init(upstreams: Int = 1, _ change: (inout ForwardSettings) -> Void = { _ in }) {
        var settings = ForwardSettings((0..<upstreams).map { .init(Self.peer($0)) })
        settings.policy = .sequential
        change(&settings)
        self.init([settings])
    }

    static func peer(_ number: Int) -> AddressAndPort {
        AddressAndPort(.v4(IPv4Address(10, 0, 0, UInt8(number + 1))), 53)
    }
}

extension Simulation {
    mutating func ask(_ lookup: Lookup, as waiter: UInt64 = 1, pool: Int = 0) {
        engine.ask(lookup, through: pool, for: Waiter(rawValue: waiter), at: now)
        settle()
    }

    mutating func ask(_ name: String = "www.example.com", as waiter: UInt64 = 1) throws {
        ask(Lookup(try DomainName(name), .a), as: waiter)
    }

    func end(_ waiter: UInt64 = 1) -> Resolution? { ends[Waiter(rawValue: waiter)]?.resolution }

    func answer(_ waiter: UInt64 = 1) -> Message? {
        guard case .answer(let message, _) = end(waiter) else { return nil }
        return message
    }

    /// How long a question took.
    func time(_ waiter: UInt64 = 1, since start: MonotonicTime) -> Duration? {
        ends[Waiter(rawValue: waiter)].map { $0.time - start }
    }

    /// Messages of questions, not of probes.
    var questions: [Sent] { sent.filter { $0.message.questions.first?.type != .ns } }
    var probes: [Sent] { sent.filter { $0.message.questions.first?.type == .ns } }

    mutating func pass(_ duration: Duration) {
        let end = now + duration
        while let next = engine.deadline, next <= end {
            now = max(now, next)
            engine.advance(to: now)
            settle()
        }
        now = end
    }

    mutating func reply(to sent: Sent, _ change: (inout Message) -> Void = { _ in }) {
        deliver(sent.message.reply(change).encoded(), to: sent)
    }

    mutating func deliver(
        _ bytes: [UInt8], to sent: Sent, from source: AddressAndPort? = nil
    ) {
        if sent.isStream {
            deliver(stream: bytes.framed, on: sent.socket)
        } else {
            engine.received(bytes, from: source ?? sent.peer, on: sent.socket, at: now)
            settle()
        }
    }

    mutating func deliver(stream bytes: [UInt8], on socket: SocketID) {
        engine.received(bytes, on: socket, at: now)
        settle()
    }

    mutating func fail(_ socket: SocketID, _ failure: SocketFailure = .refused) {
        engine.failed(failure, on: socket, at: now)
        settle()
    }

    private mutating func settle() {
        for action in engine.takeActions() {
            switch action {
            case .ask(let socket, let peer, let bytes):
                open.insert(socket)
                peers[socket] = peer
                note(bytes, on: socket, isStream: false)
            case .connect(let socket, let upstream):
                open.insert(socket)
                peers[socket] = engine.upstreams[upstream].upstream.address
            case .send(let socket, let bytes):
                note(Array(bytes.dropFirst(2)), on: socket, isStream: true)
            case .close(let socket): open.remove(socket)
            case .complete(let waiters, let resolution): complete(waiters, resolution)
            case .observe(let observation): observations.append(observation)
            }
        }
    }

    private mutating func note(_ bytes: [UInt8], on socket: SocketID, isStream: Bool) {
        guard let message = try? Message(decoding: bytes), let peer = peers[socket] else { return }
        sent.append(
            Sent(socket: socket, peer: peer, message: message, isStream: isStream, time: now))
    }

    private mutating func complete(_ waiters: [Waiter], _ resolution: Resolution) {
        for waiter in waiters {
            precondition(ends[waiter] == nil, "nobody is answered twice")
            ends[waiter] = End(resolution: resolution, time: now)
        }
    }
}

extension Message {
    /// An answer to this question: an address, unless it is changed.
    func reply(_ change: (inout Message) -> Void = { _ in }) -> Message {
        var reply = Message()
        reply.id = id
        reply.flags = [.response, .recursionDesired, .recursionAvailable]
        reply.questions = questions
        if let question = questions.first {
            reply.answers = [Record(question.name, .a, ttl: 60, data: [192, 0, 2, 1])]
        }
        change(&reply)
        return reply
    }
}

extension [UInt8] {
    /// With its length before it, as TCP has it.
    var framed: [UInt8] {
        [UInt8(count >> 8), UInt8(truncatingIfNeeded: count)] + self
    }
}
