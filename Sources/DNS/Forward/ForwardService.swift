import Network
import Platform

/// What the thread of a forwarder does: carries out what the engine wants.
struct ForwardService: ~Copyable {
    private var loop: EventLoop<SocketID>
    private var engine: ForwardEngine
    private let arrivals: ForwardArrivals
    private let counted: ForwardCounters
    private var channels: [SocketID: any UpstreamChannel] = [:]
    private var completions: [Waiter: @Sendable (Resolution) -> Void] = [:]
    private var lastWaiter: UInt64 = 0
    private var buffer = [UInt8](repeating: 0, count: longestMessage)

    init(
        _ loop: consuming EventLoop<SocketID>, _ engine: ForwardEngine,
        _ arrivals: ForwardArrivals, _ counted: ForwardCounters
    ) {
        self.loop = loop
        self.engine = engine
        self.arrivals = arrivals
        self.counted = counted
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
            let address = engine.upstreams[upstream].upstream.address
            open(socket) { () throws(PlatformError) in try StreamChannel(to: address) }
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

    private mutating func open(
        _ socket: SocketID, _ make: () throws(PlatformError) -> any UpstreamChannel
    ) {
        do throws(PlatformError) {
            let channel = try make()
            try channel.join(loop, as: socket)
            channels[socket] = channel
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
