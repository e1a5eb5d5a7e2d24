package import Network
package import Platform
import Synchronization

/// Answers requests over HTTP/1.1 for any number of listeners, on one thread of its own.
///
/// Requests are few and small, so each connection carries one; it is closed when that takes long.
/// Nothing here is meant for an open network: there is neither TLS nor anybody's name.
package final class StatusLoop: Sendable {
    private let arrivals = StatusArrivals()
    private let waker: Waker
    private let isStopped = Flag()
    private let thread: Thread

    /// Connections beyond the capacity are closed unheard.
    package init(
        patience: Duration = .seconds(10), capacity: Int = 64
    ) throws(PlatformError) {
        let loop = try EventLoop<StatusSource>()
        waker = loop.waker
        thread = try Thread(owning: loop) { [arrivals, isStopped] loop in
            var service = StatusService(loop, arrivals, patience, capacity)
            service.run(until: isStopped)
        }
    }

    deinit {
        isStopped.set()
        waker.wake()
    }
}

extension StatusLoop {
    /// Listens at once or not at all.
    package func listen(
        on address: AddressAndPort, takesAnyMethod: Bool = false,
        answer: @escaping @Sendable (RequestHead) -> Response
    ) throws(PlatformError) -> StatusListener {
        let gate = StatusGate(.ip(address), takesAnyMethod: takesAnyMethod, answer)
        let port = try gate.open()
        add(.init(gate: gate, retry: nil))
        return StatusListener(gate, AddressAndPort(address.address, port), waker)
    }

    /// Listens as soon as that can be done, and reports each time that it cannot.
    package func listen(
        on address: AddressAndPort, retryingEvery interval: Duration,
        report: @escaping @Sendable (PlatformError) -> Void,
        answer: @escaping @Sendable (RequestHead) -> Response
    ) -> StatusListener {
        let gate = StatusGate(.ip(address), takesAnyMethod: false, answer)
        add(.init(gate: gate, retry: .init(interval: interval, report: report)))
        return StatusListener(gate, address, waker)
    }

    /// Listens on a Unix socket, for programs on this machine; one that nobody answers at is replaced.
    package func listen(
        onPath path: String, answer: @escaping @Sendable (RequestHead) -> Response
    ) throws(PlatformError) -> StatusPath {
        let gate = StatusGate(.unix(.path(path)), takesAnyMethod: false, answer)
        _ = try gate.open()
        add(.init(gate: gate, retry: nil))
        return StatusPath(gate, path, waker)
    }

    private func add(_ arrival: StatusArrivals.Arrival) {
        arrivals.add(arrival)
        waker.wake()
    }
}

/// Somewhere that a status loop listens, until the last reference to this is gone.
package final class StatusListener: Sendable {
    /// Where; a port that was 0 has become one of the kernel's choice if it listens at once.
    package let address: AddressAndPort
    private let gate: StatusGate
    private let waker: Waker

    init(_ gate: StatusGate, _ address: AddressAndPort, _ waker: Waker) {
        self.gate = gate
        self.address = address
        self.waker = waker
    }

    deinit {
        gate.close()
        waker.wake()
    }
}

/// A Unix socket that a status loop listens on, until the last reference to this is gone.
package final class StatusPath: Sendable {
    private let gate: StatusGate
    private let path: String
    private let waker: Waker

    init(_ gate: StatusGate, _ path: String, _ waker: Waker) {
        self.gate = gate
        self.path = path
        self.waker = waker
    }

    deinit {
        gate.close()
        // One that stays is replaced by the next that listens there.
        _ = try? File.remove(path)
        waker.wake()
    }
}

/// Gates on their way to the loop's thread.
final class StatusArrivals: Sendable {
    struct Arrival: Sendable {
        let gate: StatusGate
        /// Set for a gate that the thread has to open.
        let retry: Retry?
    }

    struct Retry: Sendable {
        let interval: Duration
        let report: @Sendable (PlatformError) -> Void
    }

    private let waiting = Mutex<[Arrival]>([])

    func add(_ arrival: Arrival) { waiting.withLock { $0.append(arrival) } }

    func take() -> [Arrival] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
