import DNS
import Network
import Platform
import Synchronization
import Topology

@testable import Bench

/// A server of names with planted faults, on a machine of its own, until its last reference is gone.
final class FaultyServer: Sendable {
    let host: Host
    private let work: Work
    private let thread: Mutex<Thread?>

    /// What it does to the question of a number, the first being 0.
    struct Faults: Sendable {
        /// How long it waits before it looks at the question.
        var delay: @Sendable (Int) -> Duration = { _ in .zero }
        /// What it says; nothing for no answer.
        var change: @Sendable (Int, Message) -> Message? = { $1 }
    }

    init(_ questions: [NameQuestion], _ faults: Faults = Faults()) throws {
        let host = try Host("names")
        let work = try Work(questions, faults, on: host)
        self.host = host
        self.work = work
        thread = Mutex(try Thread { work.run() })
    }

    deinit {
        work.end.set()
        if let thread = thread.withLock({ $0.take() }) { thread.join() }
    }

    /// How many questions it has seen.
    var received: Int { work.received.load(ordering: .relaxed) }

    func address(_ family: IPFamily) -> AddressAndPort {
        AddressAndPort(family == .v4 ? .v4(.loopback) : .v6(.loopback), Work.port)
    }
}

/// What the server's thread does.
private final class Work: Sendable {
    static let port: Port = 5353

    let end = Flag()
    let received = Atomic(0)
    private let answers: [Message.Question: Message]
    private let faults: FaultyServer.Faults
    private let v4: UDPSocket
    private let v6: UDPSocket

    init(_ questions: [NameQuestion], _ faults: FaultyServer.Faults, on host: Host) throws {
        var answers: [Message.Question: Message] = [:]
        for question in questions {
            let message = try question.answer
            answers[message.questions[0]] = message
        }
        self.answers = answers
        self.faults = faults
        var options = SocketOptions()
        options.receiveBuffer = 4 << 20
        v4 = try host.run { () throws(PlatformError) in
            try UDPSocket(AddressAndPort(.v4(.loopback), Self.port), options)
        }
        v6 = try host.run { () throws(PlatformError) in
            try UDPSocket(AddressAndPort(.v6(.loopback), Self.port), options)
        }
    }

    func run() {
        var list = ReadinessList()
        list.add(v4.socket.descriptor, .read)
        list.add(v6.socket.descriptor, .read)
        while !end.isSet {
            guard (try? list.wait(until: .now + .milliseconds(20))) == true else { continue }
            try? answer(v4)
            try? answer(v6)
        }
    }

    private func answer(_ socket: borrowing UDPSocket) throws {
        var room = [UInt8](repeating: 0, count: 1500)
        while let (question, source) = try next(socket, &room) {
            let number = received.add(1, ordering: .relaxed).oldValue
            let delay = faults.delay(number)
            if delay > .zero { sleep(for: delay) }
            guard var message = answers[question.questions[0]] else { continue }
            message.id = question.id
            guard let changed = faults.change(number, message) else { continue }
            _ = try socket.send(changed.encoded().span, to: source)
        }
    }

    private func next(
        _ socket: borrowing UDPSocket, _ room: inout [UInt8]
    ) throws -> (Message, AddressAndPort)? {
        var span = room.mutableSpan
        guard let received = try socket.receive(into: &span) else { return nil }
        return (try Message(decoding: Array(room.prefix(received.length))), received.source)
    }
}

extension NameQuestion {
    /// What a server says that is right.
    var answer: Message {
        get throws {
            var message = try message
            message.flags = [.response, .authoritative]
            message.responseCode = code
            message.answers = try answers.map {
                Record(try DomainName($0.owner), $0.type, ttl: 30, data: try $0.octets)
            }
            return message
        }
    }
}
