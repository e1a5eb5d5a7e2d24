package import Network
package import Platform
import Synchronization

/// Answers GET and HEAD over HTTP/1.1 on a thread of its own: metrics, health, for monitoring.
///
/// Requests are few and small, so each connection carries one; it is closed when that takes long.
/// Nothing here is meant for an open network: there is neither TLS nor anybody's name.
package final class StatusServer: Sendable {
    /// Where the server listens; a port that was 0 has become one of the kernel's choice.
    package let address: AddressAndPort
    private let waker: Waker
    private let isStopped: Flag
    private let thread: Thread

    package init(
        _ address: AddressAndPort, patience: Duration = .seconds(10),
        answer: @escaping @Sendable (RequestHead) -> Response
    ) throws(PlatformError) {
        let listener = try StatusListener(address)
        self.address = AddressAndPort(address.address, try listener.socket.socket.localPort)
        waker = listener.loop.waker
        let (handover, stopped) = (Handover(listener), Flag())
        isStopped = stopped
        thread = try Thread {
            guard let listener = handover.take() else { return }
            var service = StatusService(listener, patience, answer)
            service.run(until: stopped)
        }
    }

    deinit {
        isStopped.set()
        waker.wake()
    }
}

/// Carries what cannot be copied into a thread's closure.
private final class Handover: Sendable {
    private let listener: Mutex<StatusListener?>

    init(_ listener: consuming StatusListener) { self.listener = Mutex(consume listener) }

    func take() -> StatusListener? { listener.withLock { $0.take() } }
}
