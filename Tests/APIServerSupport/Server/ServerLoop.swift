import Platform
import Synchronization

/// The server's thread: its connections, and what it hears from others.
struct ServerLoop: ~Copyable, Sendable {
    private var loop: EventLoop<Source>
    private let listener: ListeningSocket
    private let state: ServerState

    struct Source: RawRepresentable, Sendable {
        let rawValue: UInt64

        static let listener = Source(rawValue: 0)
    }

    init(
        _ loop: consuming EventLoop<Source>, _ listener: consuming ListeningSocket,
        _ state: ServerState
    ) throws {
        try loop.add(listener.socket.descriptor, .read, as: .listener)
        self.loop = loop
        self.listener = listener
        self.state = state
    }

    mutating func run() {
        var connections = Connections(state)
        var events: [Event<Source>] = []
        while !connections.isOver {
            // Tests see a server that cannot go on as one that does not answer.
            guard (try? loop.wait(into: &events)) != nil else { return }
            for event in events {
                switch event {
                case .ready(let source, _) where source.rawValue == 0:
                    try? connections.accept(listener, loop)
                case .ready(let source, _): connections.advance(source.rawValue, loop)
                default: connections.takeOrders(loop)
                }
            }
        }
    }
}

/// All connections of a server.
private struct Connections {
    private let state: ServerState
    private var open: [UInt64: ServerConnection] = [:]
    private var streams: [UInt64: [Int32: ResponseStream]] = [:]
    private var last: UInt64 = 0
    private var context: (identity: TestIdentity, authority: [UInt8]?, tls: TLSContext)?
    private(set) var isOver = false

    init(_ state: ServerState) { self.state = state }

    mutating func accept(
        _ listener: borrowing ListeningSocket, _ loop: borrowing EventLoop<ServerLoop.Source>
    ) throws {
        while let socket = try listener.accept() {
            let settings = state.settings.withLock { $0 }
            last += 1
            try socket.disableDelay()
            let connection = try ServerConnection(
                last, socket, tls(settings), speaksHTTP2: settings.speaksHTTP2)
            try loop.add(connection.descriptor, .read, as: .init(rawValue: last))
            open[last] = connection
            state.counts.withLock {
                $0.connections += 1
                $0.openConnections += 1
            }
        }
    }

    /// The settings' TLS, made anew when they have changed.
    private mutating func tls(_ settings: ServerSettings) throws -> TLSContext? {
        guard let identity = settings.identity else { return nil }
        if let context, context.identity == identity,
            context.authority == settings.clientAuthority
        {
            return context.tls
        }
        let tls = try TLSContext(
            identity, clients: settings.clientAuthority, speaksHTTP2: settings.speaksHTTP2)
        context = (identity, settings.clientAuthority, tls)
        return tls
    }

    mutating func advance(_ number: UInt64, _ loop: borrowing EventLoop<ServerLoop.Source>) {
        guard let connection = open[number] else { return }
        connection.receive()
        for (stream, request) in connection.takeRequests() { answer(request, stream) }
        for stream in connection.takeClosed() {
            streams[number]?.removeValue(forKey: stream)?.close()
        }
        settle(connection, loop)
    }

    private mutating func answer(_ request: ServerRequest, _ number: Int32) {
        let settings = state.settings.withLock { $0 }
        let count = state.counts.withLock {
            $0.requests += 1
            return $0.requests
        }
        let fault = settings.faults.fault(for: count)
        if fault != nil { state.counts.withLock { $0.faults += 1 } }
        let stream = ResponseStream(request.connection, number, fault, state)
        streams[request.connection, default: [:]][number] = stream
        if let token = settings.token, request.token != token {
            stream.refuse(401)
        } else if case .status(let status, let delay) = fault {
            stream.refuse(status, retryAfter: delay)
        } else {
            state.handler.respond(to: request, with: stream)
        }
    }

    mutating func takeOrders(_ loop: borrowing EventLoop<ServerLoop.Source>) {
        let inbox = state.takeInbox()
        var changed: Set<UInt64> = []
        for order in inbox.orders {
            open[order.stream.connection]?.perform(order.action, on: order.stream.number)
            changed.insert(order.stream.connection)
        }
        for number in changed {
            if let connection = open[number] { settle(connection, loop) }
        }
        if inbox.closesConnections {
            for connection in open.values { forget(connection) }
        }
        isOver = inbox.isOver
    }

    /// Sends what there is, and waits for the right things.
    private mutating func settle(
        _ connection: ServerConnection, _ loop: borrowing EventLoop<ServerLoop.Source>
    ) {
        connection.flush()
        for (number, stream) in streams[connection.number] ?? [:] {
            stream.set(backlog: connection.backlog(of: number))
        }
        let source = ServerLoop.Source(rawValue: connection.number)
        switch connection.condition {
        case .open:
            let readiness: Readiness = connection.isWaitingForRoom ? [.read, .write] : .read
            try? loop.change(connection.descriptor, readiness, as: source)
        case .stalled: try? loop.remove(connection.descriptor)
        case .closed: forget(connection)
        }
    }

    private mutating func forget(_ connection: ServerConnection) {
        open[connection.number] = nil
        for stream in (streams.removeValue(forKey: connection.number) ?? [:]).values {
            stream.close()
        }
        state.counts.withLock { $0.openConnections -= 1 }
    }
}

extension ResponseStream {
    /// Answers with a status as API servers do.
    fileprivate func refuse(_ status: Int, retryAfter: Int? = nil) {
        let fields = retryAfter.map { [("retry-after", "\($0)")] } ?? []
        let body = #"{"kind":"Status","apiVersion":"v1","status":"Failure","code":\#(status)}"#
        respond(body, status: status, fields: fields)
    }
}
