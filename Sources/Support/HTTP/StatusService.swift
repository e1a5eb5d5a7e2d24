import Network
import Platform

/// Listeners and connections of a status loop, by numbers of their own.
struct StatusSource: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64
}

/// What the thread of a status loop does.
struct StatusService: ~Copyable {
    private struct Client {
        let connection: Connection
        let deadline: EventLoop<StatusSource>.Timer
        var awaited: Readiness
    }

    private let arrivals: StatusArrivals
    private var loop: EventLoop<StatusSource>
    private let patience: Duration
    private let capacity: Int
    private var gates: [StatusSource: StatusArrivals.Arrival] = [:]
    private var clients: [StatusSource: Client] = [:]
    private var last = StatusSource(rawValue: 0)

    init(
        _ loop: consuming EventLoop<StatusSource>, _ arrivals: StatusArrivals,
        _ patience: Duration, _ capacity: Int
    ) {
        self.loop = loop
        self.arrivals = arrivals
        self.patience = patience
        self.capacity = capacity
    }
}

extension StatusService {
    mutating func run(until stopped: Flag) {
        var events: [Event<StatusSource>] = []
        while !stopped.isSet, (try? loop.wait(into: &events)) != nil {
            for event in events {
                switch event {
                case .ready(let source, _):
                    if let arrival = gates[source] { accept(through: arrival.gate) }
                    advance(source)
                case .timer(let source):
                    clients[source] = nil
                    if let arrival = gates[source] { open(arrival, as: source) }
                case .woken: reviewGates()
                case .signal: break
                }
            }
        }
    }

    private mutating func nextSource() -> StatusSource {
        last = StatusSource(rawValue: last.rawValue + 1)
        return last
    }
}

extension StatusService {
    /// Takes new gates in, and forgets those that are closed.
    private mutating func reviewGates() {
        gates = gates.filter { !$0.value.gate.isClosed }
        for arrival in arrivals.take() {
            let source = nextSource()
            gates[source] = arrival
            if arrival.retry == nil {
                watch(arrival.gate, as: source)
            } else {
                open(arrival, as: source)
            }
        }
    }

    private mutating func open(_ arrival: StatusArrivals.Arrival, as source: StatusSource) {
        guard let retry = arrival.retry, !arrival.gate.isClosed else { return }
        do throws(PlatformError) {
            _ = try arrival.gate.open()
            watch(arrival.gate, as: source)
        } catch {
            retry.report(error)
            loop.schedule(source, at: .now + retry.interval)
        }
    }

    /// Closes a gate that cannot be watched: better no answer at once than none for long.
    private mutating func watch(_ gate: StatusGate, as source: StatusSource) {
        do throws(PlatformError) {
            try gate.join(loop, as: source)
        } catch {
            gate.close()
        }
    }

    /// Takes who waits; a connection that fails is its client's loss alone.
    private mutating func accept(through gate: StatusGate) {
        while let socket = (try? gate.accept()) ?? nil {
            if clients.count >= capacity { continue }
            let source = nextSource()
            let connection = Connection(socket, through: gate)
            guard (try? loop.add(connection.socket.socket.descriptor, .read, as: source)) != nil
            else { continue }
            let deadline = loop.schedule(source, at: .now + patience)
            clients[source] = Client(connection: connection, deadline: deadline, awaited: .read)
        }
    }

    private mutating func advance(_ source: StatusSource) {
        guard let client = clients[source] else { return }
        let awaited = (try? client.connection.advance()).flatMap(\.self)
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
