package import Platform

extension NameServer {
    /// Listens at addresses for streams, with one thread for all of them.
    package mutating func listen(
        streams addresses: [SocketAddress], waiting: any QuestionTaker,
        _ settings: StreamSettings = StreamSettings(),
        codec: (@Sendable () -> any StreamCodec)? = nil,
        failed: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        let listener = try StreamListener(
            addresses, slot, waiting: waiting, settings, codec: codec)
        guard let reader = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "listen with so many threads")
        }
        let thread = try Thread(owning: reader) { reader in
            do throws(PlatformError) { try listener.run(reader) } catch { failed(error) }
        }
        streams.append(ServingStreams(listener, thread))
    }

    /// What became of connections so far, one for each time `listen` was called.
    package var streamCounts: [StreamCounts] { streams.map(\.listener.connections) }
}

/// A listener for streams, and the thread that it runs on.
final class ServingStreams: Sendable {
    let listener: StreamListener
    private let thread: Thread

    init(_ listener: StreamListener, _ thread: consuming Thread) {
        self.listener = listener
        self.thread = thread
    }
}
