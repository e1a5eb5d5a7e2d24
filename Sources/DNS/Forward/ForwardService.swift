import Network
import Platform
import TLS

/// What the thread of a forwarder does: carries out what the engine wants.
struct ForwardService: ~Copyable {
    private var loop: EventLoop<SocketID>
    private var engine: ForwardEngine
    private let arrivals: ForwardArrivals
    private let counted: ForwardCounters
    /// Of each pool that has servers which speak TLS.
    private let contexts: [TLSContext?]
    private var channels: [SocketID: any UpstreamChannel] = [:]
    private var completions: [Waiter: @Sendable (Resolution) -> Void] = [:]
    private var lastWaiter: UInt64 = 0
    private var buffer = [UInt8](repeating: 0, count: longestMessage)

    init(
        _ loop: consuming EventLoop<SocketID>, _ engine: ForwardEngine,
        _ arrivals: ForwardArrivals, _ counted: ForwardCounters, _ contexts: [TLSContext?]
    ) {
        self.loop = loop
        self.engine = engine
        self.arrivals = arrivals
        self.counted = counted
        self.contexts = contexts
    }
}

extension ForwardService {
    mutating func run(until stopped: Flag) {
        var events: [Event<SocketID>] = []
        while !stopped.isSet, (try? loop.wait(into: &events, until: engine.deadline)) != nil {
            for event in events {
                switch event {
                case .ready(let socket, let readiness): advance(socket, readiness)
                case .woken: takeArrivals()
                case .timer, .signal: break
                }
            }
            engine.advance(to: .now)
            act()
        }
        end()
    }

    private mutating func takeArrivals() {
        let now = MonotonicTime.now
        for arrival in arrivals.take() {
            lastWaiter += 1
            let waiter = Waiter(rawValue: lastWaiter)
            completions[waiter] = arrival.completion
            engine.ask(arrival.lookup, through: arrival.pool, for: waiter, at: now)
        }
        act()
    }

    private mutating func end() {
        for arrival in arrivals.close() { arrival.completion(.failure(.stopped)) }
        for completion in completions.values { completion(.failure(.stopped)) }
    }

    /// Lets a socket that is ready do what it can.
    private mutating func advance(_ socket: SocketID, _ readiness: Readiness) {
        guard let channel = channels[socket] else { return }
        var events: [ChannelEvent] = []
        channel.advance(readiness, &buffer, into: &events)
        for event in events { tell(event, of: socket) }
        watch(channel, as: socket)
        act()
    }

    private mutating func tell(_ event: ChannelEvent, of socket: SocketID) {
        let now = MonotonicTime.now
        switch event {
        case .datagram(let bytes, let source):
            engine.received(bytes, from: source, on: socket, at: now)
        case .bytes(let bytes): engine.received(bytes, on: socket, at: now)
        case .failed(let failure): engine.failed(failure, on: socket, at: now)
        }
    }
}

extension ForwardService {
    /// Does what the engine wants; what fails at once may make it want more.
    private mutating func act() {
        var wanted = engine.takeActions()
        while !wanted.isEmpty {
            for action in wanted { act(action) }
            wanted = engine.takeActions()
        }
    }

    private mutating func act(_ action: ForwardAction) {
        switch action {
        case .ask(let socket, let peer, let bytes):
            open(socket) { () throws(PlatformError) in
                try DatagramChannel(to: peer, sending: bytes)
            }
        case .connect(let socket, let upstream):
            connect(socket, to: engine.upstreams[upstream])
        case .send(let socket, let bytes):
            guard let channel = channels[socket] else { break }
            channel.send(bytes)
            watch(channel, as: socket)
        case .close(let socket): channels[socket] = nil
        case .complete(let waiters, let resolution):
            for waiter in waiters { completions.removeValue(forKey: waiter)?(resolution) }
        case .observe(let observation): counted.add(observation)
        }
    }

    private mutating func connect(_ socket: SocketID, to state: UpstreamState) {
        let address = state.upstream.address
        guard case .tls(let name) = state.upstream.transport, let context = contexts[state.pool]
        else {
            return open(socket) { () throws(PlatformError) in try StreamChannel(to: address) }
        }
        let server = name.isEmpty ? "\(address.address)" : name
        guard let session = try? TLSSession(clientIn: context, server: server) else {
            return engine.failed(.unusable, on: socket, at: .now)
        }
        do throws(PlatformError) {
            try keep(try StreamChannel(to: address, over: session), as: socket)
        } catch {
            engine.failed(error.socketFailure, on: socket, at: .now)
        }
    }

    private mutating func keep(
        _ channel: any UpstreamChannel, as socket: SocketID
    ) throws(PlatformError) {
        try channel.join(loop, as: socket)
        channels[socket] = channel
    }

    private mutating func open(
        _ socket: SocketID, _ make: () throws(PlatformError) -> any UpstreamChannel
    ) {
        do throws(PlatformError) {
            try keep(try make(), as: socket)
        } catch {
            engine.failed(error.socketFailure, on: socket, at: .now)
        }
    }

    private mutating func watch(_ channel: any UpstreamChannel, as socket: SocketID) {
        guard channels[socket] != nil else { return }
        do throws(PlatformError) {
            try channel.updateInterest(on: loop, as: socket)
        } catch {
            engine.failed(.unusable, on: socket, at: .now)
        }
    }
}

extension PlatformError {
    /// Whether the network or the peer is to blame, or we are.
    var socketFailure: SocketFailure {
        switch code {
        case .connectionRefused, .connectionReset, .hostUnreachable, .networkUnreachable,
            .timedOut, .brokenPipe:
            .refused
        default: .unusable
        }
    }
}
