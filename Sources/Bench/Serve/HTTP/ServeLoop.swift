import Platform
import Support
import Synchronization

/// What the thread of an API server does: take connections, read requests, have them answered.
struct ServeLoop: ~Copyable, Sendable {
    struct Source: RawRepresentable, Hashable, Sendable {
        let rawValue: UInt64

        static let listener = Source(rawValue: 0)
        static let bookmarks = Source(rawValue: 1)
        static let beforeFirstClient = Source(rawValue: 2)
    }

    /// What the thread and the server's owner share.
    final class Shared: Sendable {
        let waker: Waker
        let isStopped = Flag()
        let processorTime = Atomic<Int64>(0)

        init(_ waker: Waker) { self.waker = waker }

        func stop() {
            isStopped.set()
            waker.wake()
        }
    }

    private struct Client {
        let outlet: Outlet
        var reader = RequestReader()
        var isWatching = false
        var awaitsRoom = false
    }

    private var loop: EventLoop<Source>
    private let listener: ListeningSocket
    private let answers: APIAnswers
    private let shared: Shared
    private let bookmarkInterval: Duration
    private var clients: [Source: Client] = [:]
    private var last = Source.beforeFirstClient

    init(
        _ loop: consuming EventLoop<Source>, _ listener: consuming ListeningSocket,
        _ answers: APIAnswers, _ shared: Shared, _ bookmarkInterval: Duration
    ) throws(PlatformError) {
        try loop.add(listener.socket.descriptor, .read, as: .listener)
        loop.schedule(.bookmarks, at: .now + bookmarkInterval)
        self.loop = loop
        self.listener = listener
        self.answers = answers
        self.shared = shared
        self.bookmarkInterval = bookmarkInterval
    }
}

extension ServeLoop {
    /// Serves until it is stopped; a loop that cannot go on is seen as a server that is silent.
    mutating func run() {
        var events: [Event<Source>] = []
        while !shared.isStopped.isSet, (try? loop.wait(into: &events)) != nil {
            for event in events {
                switch event {
                case .ready(.listener, _): accept()
                case .ready(let source, let readiness): advance(source, readiness)
                case .timer(.bookmarks): sendBookmarks()
                case .timer(let source): endWatch(source)
                case .woken: for source in Array(clients.keys) { settle(source) }
                case .signal: break
                }
            }
            let used = ThreadTime.now.nanoseconds
            shared.processorTime.store(used, ordering: .relaxed)
        }
        for source in Array(clients.keys) { forget(source) }
    }

    /// A connection that fails is its client's loss alone.
    private mutating func accept() {
        while let socket = (try? listener.accept()) ?? nil {
            try? socket.disableDelay()
            last = Source(rawValue: last.rawValue + 1)
            let outlet = Outlet(socket, shared.waker)
            guard (try? loop.add(outlet.descriptor, .read, as: last)) != nil else { continue }
            clients[last] = Client(outlet: outlet)
        }
    }

    private mutating func advance(_ source: Source, _ readiness: Readiness) {
        guard let client = clients[source] else { return }
        if readiness.contains(.write) { client.outlet.flush() }
        while let bytes = client.outlet.receive() {
            if bytes.isEmpty { return forget(source) }
            clients[source]?.reader.append(bytes.span)
        }
        answerRequests(of: source)
        settle(source)
    }

    /// Answers what has come whole; while a watch goes on, nothing else is answered.
    private mutating func answerRequests(of source: Source) {
        do throws(MalformedRequest) {
            while clients[source]?.isWatching == false,
                let request = try clients[source]?.reader.next()
            {
                answer(request, source)
            }
        } catch {
            forget(source)
        }
    }

    private mutating func answer(_ request: WholeRequest, _ source: Source) {
        guard let outlet = clients[source]?.outlet else { return }
        guard case .watches(let seconds) = answers.answer(request, to: outlet) else { return }
        clients[source]?.isWatching = true
        if let seconds { loop.schedule(source, at: .now + .seconds(seconds)) }
    }

    private mutating func endWatch(_ source: Source) {
        guard let client = clients[source], client.isWatching else { return }
        answers.objects.endWatches(of: client.outlet)
        client.outlet.send(HTTPAnswer.end)
        clients[source]?.isWatching = false
        answerRequests(of: source)
        settle(source)
    }

    private mutating func sendBookmarks() {
        // They are written anew for each watch, and cannot fail where the first did not.
        let outlets = Set(clients.values.map { ObjectIdentifier($0.outlet) })
        try? answers.objects.sendBookmarks(by: outlets)
        loop.schedule(.bookmarks, at: .now + bookmarkInterval)
    }

    /// Waits for the right things of a connection.
    private mutating func settle(_ source: Source) {
        guard let client = clients[source] else { return }
        if client.outlet.isBroken { return forget(source) }
        let awaitsRoom = client.outlet.isWaiting
        guard awaitsRoom != client.awaitsRoom else { return }
        clients[source]?.awaitsRoom = awaitsRoom
        let readiness: Readiness = awaitsRoom ? [.read, .write] : .read
        try? loop.change(client.outlet.descriptor, readiness, as: source)
    }

    private mutating func forget(_ source: Source) {
        guard let client = clients.removeValue(forKey: source) else { return }
        answers.objects.endWatches(of: client.outlet)
        try? loop.remove(client.outlet.descriptor)
    }
}
