import Network
import Platform

/// The listener is source 0; connections have the numbers after it.
struct StatusSource: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64
    static let listener = StatusSource(rawValue: 0)
}

/// What a status server needs before its thread begins.
struct StatusListener: ~Copyable, Sendable {
    let socket: ListeningSocket
    let loop: EventLoop<StatusSource>

    init(_ address: AddressAndPort) throws(PlatformError) {
        let socket = try ListeningSocket(.ip(address))
        let loop = try EventLoop<StatusSource>()
        try loop.add(socket.socket.descriptor, .read, as: .listener)
        self.socket = socket
        self.loop = loop
    }
}

/// The loop of a status server.
struct StatusService: ~Copyable {
    private struct Client {
        let connection: Connection
        let deadline: EventLoop<StatusSource>.Timer
        var awaited: Readiness
    }

    private let listener: ListeningSocket
    private var loop: EventLoop<StatusSource>
    private let patience: Duration
    private let answer: (RequestHead) -> Response
    private var clients: [StatusSource: Client] = [:]
    private var last = StatusSource.listener

    /// More at a time than any monitoring makes; those beyond are closed unheard.
    private static let capacity = 64

    init(
        _ listener: consuming StatusListener, _ patience: Duration,
        _ answer: @escaping (RequestHead) -> Response
    ) {
        self.listener = listener.socket
        self.loop = listener.loop
        self.patience = patience
        self.answer = answer
    }
}

extension StatusService {
    mutating func run(until stopped: Flag) {
        var events: [Event<StatusSource>] = []
        while !stopped.isSet, (try? loop.wait(into: &events)) != nil {
            for event in events {
                switch event {
                case .ready(.listener, _): accept()
                case .ready(let source, _): advance(source)
                case .timer(let source): clients[source] = nil
                case .signal, .woken: break
                }
            }
        }
    }

    /// Takes what waits; a connection that fails is its client's loss alone.
    private mutating func accept() {
        while let socket = try? listener.accept() {
            if clients.count >= Self.capacity { continue }
            last = StatusSource(rawValue: last.rawValue + 1)
            let connection = Connection(socket)
            guard (try? loop.add(connection.socket.socket.descriptor, .read, as: last)) != nil
            else { continue }
            let deadline = loop.schedule(last, at: .now + patience)
            clients[last] = Client(connection: connection, deadline: deadline, awaited: .read)
        }
    }

    private mutating func advance(_ source: StatusSource) {
        guard let client = clients[source] else { return }
        let awaited = (try? client.connection.advance(answer)).flatMap(\.self)
        guard let awaited else {
            loop.cancel(client.deadline)
            clients[source] = nil
            return
        }
        guard awaited != client.awaited else { return }
        clients[source]?.awaited = awaited
        _ = try? loop.change(client.connection.socket.socket.descriptor, awaited, as: source)
    }
}
