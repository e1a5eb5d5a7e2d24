import Network
import Platform
import Synchronization

/// The threads and sockets at one point.
final class Listening: Sendable {
    private let slot: CatalogSlot
    private let waiting = WaitingSlot()
    private let threads: [Serving]

    private final class Serving: Sendable {
        let listener: UDPListener
        private let thread: Thread

        init(_ listener: UDPListener, _ thread: consuming Thread) {
            self.listener = listener
            self.thread = thread
        }
    }

    init(
        _ point: ListeningPoint, _ catalog: Catalog, _ epochs: Epochs, threads count: Int,
        failed: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        slot = CatalogSlot(catalog)
        var listeners: [UDPListener] = []
        for _ in 0..<count {
            listeners.append(try UDPListener(point.address, slot, waiting: waiting))
        }
        var threads: [Serving] = []
        for listener in listeners {
            guard let reader = epochs.reader() else {
                throw PlatformError(.tooManyOpenFiles, "answer on so many threads")
            }
            let thread = try Thread(owning: reader) { reader in
                do throws(PlatformError) { try listener.run(reader) } catch { failed(error) }
            }
            threads.append(Serving(listener, thread))
        }
        self.threads = threads
    }

    func use(_ resolver: Resolver?) { waiting.use(resolver) }

    func use(_ catalog: Catalog, _ resolver: Resolver?) {
        // The catalog's pools and caches are the resolver's.
        waiting.use(resolver)
        slot.replace(by: catalog)
    }

    func stop() { for serving in threads { serving.listener.stop() } }
}

/// Hands questions to the resolver that there is at the time.
final class WaitingSlot: QuestionTaker {
    private let resolver = Mutex<Resolver?>(nil)

    func use(_ resolver: Resolver?) { self.resolver.withLock { $0 = resolver } }

    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {
        resolver.withLock(\.self)?.take(question, replyTo: place)
    }

    func refresh(_ question: PendingQuestion) { resolver.withLock(\.self)?.refresh(question) }
}
