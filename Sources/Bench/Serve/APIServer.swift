package import Network
package import Platform
import Support
import Synchronization

/// An API server of objects in memory, over HTTP/1.1 without TLS, for programs on this machine.
///
/// It keeps to what list and watch are: pages, selections, resource versions, streaming lists,
/// bookmarks, and changes in their order. Several can serve the same objects, each in a namespace
/// of its own. It ends with its last reference.
package final class APIServer: Sendable {
    package let address: AddressAndPort
    private let shared: ServeLoop.Shared
    private let thread: Thread

    /// Listens in the network namespace of the calling thread.
    package init(
        _ objects: APIObjects, on address: AddressAndPort = .init(.v4(.loopback), 0),
        settings: APIServerSettings = APIServerSettings()
    ) throws(BenchError) {
        do {
            let answers = APIAnswers(objects, settings)
            let loop = try EventLoop<ServeLoop.Source>()
            let listener = try ListeningSocket(.ip(address))
            self.address = AddressAndPort(address.address, try listener.socket.localPort)
            shared = ServeLoop.Shared(loop.waker)
            let serving = try ServeLoop(loop, listener, answers, shared, settings.bookmarkInterval)
            thread = try Thread(owning: serving) { serving in
                var serving = serving
                serving.run()
            }
        } catch {
            throw BenchError(.network, "serve objects on \(address)", "\(error)")
        }
    }

    deinit { shared.stop() }

    package var url: String { "http://\(address)" }

    /// Keeps it on one processor.
    package func pin(to processor: Int) throws(BenchError) {
        try BenchError.of(.privilege, "keep the API server on a processor") {
            try thread.pin(to: processor)
        }
    }
}

extension APIServer {
    /// A server on the loopback of a namespace.
    package static func listening(
        in namespace: borrowing NetworkNamespace, _ objects: APIObjects,
        _ settings: APIServerSettings = APIServerSettings()
    ) throws(BenchError) -> APIServer {
        let result = try BenchError.of(.network, "serve objects in a namespace") {
            try namespace.run { Result { try APIServer(objects, settings: settings) } }
        }
        return try BenchError.of(.network, "serve objects in a namespace") { try result.get() }
    }

    /// What leads clients here.
    package var kubeconfig: String {
        """
        apiVersion: v1
        kind: Config
        current-context: bench
        contexts: [{name: bench, context: {cluster: bench, user: bench}}]
        clusters: [{name: bench, cluster: {server: "\(url)"}}]
        users: [{name: bench, user: {}}]

        """
    }

    /// The processor time that the server's thread has used, as it was when it last waited.
    package var processorTime: Duration {
        .nanoseconds(shared.processorTime.load(ordering: .relaxed))
    }
}
