package import Network
import Platform
import Synchronization

/// A small server in a host; it answers every request with a `Reply` as long as it is referred to.
package final class Server: Sendable {
    private let waker: Waker
    private let thread: Thread

    fileprivate init(_ service: consuming some Service & ~Copyable) throws {
        let loop = try EventLoop<ServiceSource>()
        try service.register(in: loop)
        self.waker = loop.waker
        self.thread = try Self.start(loop, service)
    }

    deinit { waker.wake() }

    private static func start<Served: Service & ~Copyable>(
        _ loop: consuming EventLoop<ServiceSource>, _ service: consuming Served
    ) throws -> Thread {
        let handed = Mutex<Work<Served>?>(Work(loop: loop, service: service))
        return try Thread {
            var work = handed.withLock { $0.take() }
            work?.goOn()
        }
    }
}

extension Host {
    /// Starts a server on a port of every address of the host, in both families.
    package func serve(
        _ transport: TransportProtocol, _ port: Port, as name: String? = nil
    ) throws -> Server {
        let name = name ?? self.name
        return switch transport {
        case .udp: try Server(try run { try DatagramService(name, port) })
        case .tcp: try Server(try run { try StreamService(name, port) })
        case .sctp: try Server(try run { try SCTPService(name, port) })
        }
    }
}

/// What a server does when its sockets are ready.
protocol Service: ~Copyable, Sendable {
    borrowing func register(in loop: borrowing EventLoop<ServiceSource>) throws
    mutating func serve(
        _ source: ServiceSource, in loop: borrowing EventLoop<ServiceSource>) throws
}

/// One of a service's sockets.
struct ServiceSource: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64

    /// The socket that a service starts with.
    static let main = ServiceSource(rawValue: 0)
}

/// A service and the loop that its thread owns.
private struct Work<Served: Service & ~Copyable>: ~Copyable, Sendable {
    var loop: EventLoop<ServiceSource>
    var service: Served

    mutating func goOn() {
        var events: [Event<ServiceSource>] = []
        while true {
            guard (try? loop.wait(into: &events)) != nil else { return }
            for event in events {
                guard case .ready(let source, _) = event else { return }
                // A client that goes wrong shows in the test that plays it.
                try? service.serve(source, in: loop)
            }
        }
    }
}
