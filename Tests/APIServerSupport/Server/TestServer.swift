package import Network
import Platform
import Synchronization

/// A server on 127.0.0.1 that speaks HTTP/2 and HTTP/1.1, with or without TLS, and goes wrong as it
/// is told; it ends with its last reference.
package final class TestServer: Sendable {
    package let port: Port
    private let state: ServerState
    private let thread: Thread

    package init(
        _ settings: ServerSettings = ServerSettings(), port: Port = 0,
        handler: any RequestHandler
    ) throws {
        let loop = try EventLoop<ServerLoop.Source>()
        let listener = try ListeningSocket(.ip(.v4(.loopback), port))
        self.port = try listener.socket.localPort
        state = ServerState(settings, handler, loop.waker)
        let handed = Mutex<ServerLoop?>(try ServerLoop(loop, listener, state))
        thread = try Thread {
            var server = handed.withLock { $0.take() }
            server?.run()
        }
    }

    deinit { state.tell { $0.isOver = true } }

    /// The URL's beginning.
    package var url: String {
        let isSecure = state.settings.withLock { $0.identity != nil }
        return "\(isSecure ? "https" : "http")://127.0.0.1:\(port)"
    }

    package var counts: ServerCounts { state.counts.withLock { $0 } }

    package func change(_ body: (inout ServerSettings) -> Void) {
        state.settings.withLock { body(&$0) }
    }

    /// Ends all connections, as a server that is restarted does.
    package func closeConnections() { state.tell { $0.closesConnections = true } }
}
