import Network
import Platform
import TLS

@testable import DNS

/// What the thread of a fake upstream does.
struct FakeService: ~Copyable, Sendable {
    private var loop: EventLoop<FakeSource>
    private let datagrams: UDPSocket
    private let listener: ListeningSocket
    private let record: FakeRecord
    /// Set for a server that speaks TLS on its connections.
    private let context: TLSContext?
    private let steps: @Sendable (FakeUpstream.Asked) -> [FakeUpstream.Step]
    private var streams: [FakeSource: Stream] = [:]
    private var late: [FakeSource: (bytes: [UInt8], peer: AddressAndPort)] = [:]
    private var last: UInt64 = 1

    /// Invariant: only the service's thread has one.
    fileprivate final class Stream: @unchecked Sendable {
        let socket: StreamSocket
        var session: TLSSession?
        var received: [UInt8] = []

        init(_ socket: consuming StreamSocket, _ context: TLSContext?) {
            self.socket = socket
            session = context.flatMap { try? TLSSession(serverIn: $0) }
        }
    }

    init(
        _ loop: consuming EventLoop<FakeSource>, _ datagrams: consuming UDPSocket,
        _ listener: consuming ListeningSocket, _ record: FakeRecord, _ context: TLSContext?,
        _ steps: @escaping @Sendable (FakeUpstream.Asked) -> [FakeUpstream.Step]
    ) {
        self.loop = loop
        self.datagrams = datagrams
        self.listener = listener
        self.record = record
        self.context = context
        self.steps = steps
    }
}

extension FakeService {
    mutating func run(until stopped: Flag) {
        var events: [Event<FakeSource>] = []
        while !stopped.isSet, (try? loop.wait(into: &events)) != nil {
            for event in events { try? handle(event) }
        }
    }

    private mutating func handle(_ event: Event<FakeSource>) throws(PlatformError) {
        switch event {
        case .ready(.datagrams, _): try receive()
        case .ready(.listener, _): try accept()
        case .ready(let source, _): try read(source)
        case .timer(let source):
            guard let reply = late.removeValue(forKey: source) else { return }
            _ = try datagrams.send(reply.bytes.span, to: reply.peer)
        case .woken, .signal: break
        }
    }

    private mutating func next() -> FakeSource {
        last += 1
        return FakeSource(rawValue: last)
    }
}

extension FakeService {
    private mutating func receive() throws(PlatformError) {
        var buffer = [UInt8](repeating: 0, count: 2048)
        var span = buffer.mutableSpan
        guard let received = try datagrams.receive(into: &span) else { return }
        guard let message = try? Message(decoding: Array(buffer[..<received.length])) else {
            return
        }
        let asked = record.add(message, from: received.source)
        for step in steps(asked) { try answer(message, step, to: received.source) }
    }

    private mutating func answer(
        _ message: Message, _ step: FakeUpstream.Step, to peer: AddressAndPort
    ) throws(PlatformError) {
        switch step {
        case .reply(let change):
            _ = try datagrams.send(message.reply(change).encoded().span, to: peer)
        case .bytes(let bytes): _ = try datagrams.send(bytes.span, to: peer)
        case .elsewhere(let bytes):
            let host = try datagrams.socket.localAddress?.ip?.address ?? .v4(.loopback)
            let other = try UDPSocket(AddressAndPort(host, 0))
            _ = try other.send(bytes.span, to: peer)
        case .later(let delay, let bytes):
            let source = next()
            late[source] = (bytes, peer)
            loop.schedule(source, at: .now + delay)
        case .reset: break
        }
    }

    private mutating func accept() throws(PlatformError) {
        while let socket = try listener.accept() {
            let source = next()
            try loop.add(socket.socket.descriptor, .read, as: source)
            streams[source] = Stream(socket, context)
        }
    }

    private mutating func read(_ source: FakeSource) throws(PlatformError) {
        guard let stream = streams[source] else { return }
        var buffer = [UInt8](repeating: 0, count: 65536)
        var span = buffer.mutableSpan
        guard let count = try? stream.socket.read(into: &span), count > 0 else {
            streams[source] = nil
            return
        }
        stream.take(Array(buffer[..<count]))
        try stream.send([])
        while let bytes = stream.takeMessage() {
            guard let message = try? Message(decoding: bytes) else { continue }
            for step in steps(record.add(message, from: nil)) {
                try answer(message, step, on: stream, source)
            }
        }
    }

    private mutating func answer(
        _ message: Message, _ step: FakeUpstream.Step, on stream: Stream, _ source: FakeSource
    ) throws(PlatformError) {
        switch step {
        case .reply(let change):
            try stream.send(message.reply(change).encoded().framed)
        case .bytes(let bytes): try stream.send(bytes.framed)
        case .elsewhere, .later: break
        case .reset:
            try stream.socket.resetOnClose()
            streams[source] = nil
        }
    }
}

extension FakeService.Stream {
    fileprivate func take(_ bytes: [UInt8]) {
        guard session != nil else { return received += bytes }
        _ = try? session?.receive(bytes.span, into: &received)
    }

    fileprivate func send(_ bytes: [UInt8]) throws(PlatformError) {
        var output = bytes
        if session != nil {
            output = []
            try? session?.send(bytes)
            session?.takeOutput(into: &output)
        }
        try socket.write(all: output.span, until: .now + .seconds(5))
    }

    fileprivate func takeMessage() -> [UInt8]? {
        guard received.count >= 2 else { return nil }
        let length = Int(received.span.bigEndian16(at: 0))
        guard received.count >= 2 + length else { return nil }
        defer { received.removeFirst(2 + length) }
        return Array(received[2..<(2 + length)])
    }
}
