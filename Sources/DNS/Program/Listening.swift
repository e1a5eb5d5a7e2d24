import Network
import Platform
import Synchronization
import TLS

/// The threads and sockets at one point.
final class Listening: Sendable {
    private let slot: CatalogSlot
    private let datagrams: [Serving<UDPListener>]
    private let stream: Serving<StreamListener>
    /// For connections that begin from now on, where they are by TLS.
    private let tls: TLSSlot?

    /// A listener with its thread.
    private final class Serving<Listener: Sendable & AnyObject>: Sendable {
        let listener: Listener
        private let thread: Thread

        init(_ listener: Listener, _ thread: consuming Thread) {
            self.listener = listener
            self.thread = thread
        }
    }

    init(
        _ point: ListeningPoint, _ catalog: Catalog, tls context: TLSContext?, _ epochs: Epochs,
        threads count: Int, _ book: AnswerBook, _ log: QueryLog?,
        failed: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        slot = CatalogSlot(catalog)
        let tls = context.map { TLSSlot($0) }
        self.tls = tls
        // One thread more is the streams', and one is whichever brings answers from elsewhere.
        let counts = book.counts(at: point, threads: count + 2)
        let waiting = WaitingQuestions(
            counts: WaitingCounts(counts[count], log: log?.ring(at: point.address)))
        let stream = try StreamListener(
            [.ip(point.address, zone: 0)], slot, waiting: waiting, counts: counts[count + 1],
            log: log?.ring(at: point.address), codec: tls.map { tls in { @Sendable in tls.codec } })
        var listeners: [UDPListener] = []
        for number in 0..<(point.scheme == .dns ? count : 0) {
            listeners.append(
                try UDPListener(
                    point.address, slot, waiting: waiting, counts: counts[number],
                    log: log?.ring(at: point.address)))
        }
        var datagrams: [Serving<UDPListener>] = []
        for listener in listeners {
            let thread = try Self.thread(epochs, failed) { reader throws(PlatformError) in
                try listener.run(reader)
            }
            datagrams.append(Serving(listener, thread))
        }
        self.datagrams = datagrams
        self.stream = Serving(
            stream,
            try Self.thread(epochs, failed) { reader throws(PlatformError) in
                try stream.run(reader)
            })
    }

    private static func thread(
        _ epochs: Epochs, _ failed: @escaping @Sendable (PlatformError) -> Void,
        _ body: @escaping @Sendable (consuming Epochs.Reader) throws(PlatformError) -> Void
    ) throws(PlatformError) -> Thread {
        guard let reader = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "answer on so many threads")
        }
        return try Thread(owning: reader) { reader in
            // Whoever changes the index works in the meantime, and can wait.
            Thread.takeShortTurns()
            do throws(PlatformError) { try body(reader) } catch { failed(error) }
        }
    }
}

extension Listening {
    func use(_ catalog: Catalog, tls context: TLSContext?) {
        slot.replace(by: catalog)
        if let context { tls?.use(context) }
    }

    func stop() {
        for serving in datagrams { serving.listener.stop() }
        stream.listener.stop()
    }
}

/// Who we are to clients that connect by TLS, until the files are read anew.
private final class TLSSlot: Sendable {
    private let context: Mutex<TLSContext>

    init(_ context: TLSContext) { self.context = Mutex(context) }

    func use(_ context: TLSContext) { self.context.withLock { $0 = context } }

    var codec: any StreamCodec {
        (try? TLSCodec(context.withLock(\.self))) ?? ClosedCodec()
    }
}

/// Hands questions to their resolvers, and counts what comes of them.
private struct WaitingQuestions: QuestionTaker {
    let counts: WaitingCounts

    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {
        let counted = CountedPlace(place: place, question: question, counts: counts)
        question.resolver?.take(question, replyTo: counted)
    }

    func refresh(_ question: PendingQuestion) { question.resolver?.refresh(question) }
}
