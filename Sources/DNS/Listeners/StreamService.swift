import Network
import Platform
import Synchronization

/// What the thread of a stream listener does.
struct StreamService: ~Copyable {
    let listener: StreamListener
    var loop: EventLoop<StreamSource>
    private var answerer: Answerer
    private var version: Int
    var clients: [StreamSource: StreamClient] = [:]
    var crowd: StreamCrowd
    var counts = StreamCounts()
    private var incoming = [UInt8](repeating: 0, count: readSize)
    private var replies = StreamRoom()
    /// The first numbers are the gates'.
    var next: UInt64
    var now = MonotonicTime.now

    init(
        _ listener: StreamListener, _ loop: consuming EventLoop<StreamSource>,
        _ reader: consuming Epochs.Reader
    ) {
        self.listener = listener
        self.loop = loop
        version = listener.catalog.currentVersion
        answerer = Answerer(
            listener.catalog.current, reader, counts: listener.counts, log: listener.ring)
        crowd = StreamCrowd(listener.settings)
        next = UInt64(listener.gates.count)
    }

    /// What is read of one connection before others have their turn.
    private static let readSize = 16 << 10
}

extension StreamService {
    mutating func run() throws(PlatformError) {
        for number in listener.gates.indices {
            try listener.gates[number].watch(loop, as: StreamSource(rawValue: UInt64(number)))
        }
        var events: [Event<StreamSource>] = []
        while true {
            try loop.wait(into: &events)
            if listener.stopped.isSet { return }
            now = .now
            takeCatalog()
            answerer.begin(at: .now)
            for event in events { take(event) }
            answerer.end()
            counts.open = crowd.count
            listener.streamCounts.withLock { $0 = counts }
            answerer.sent(at: .now)
        }
    }

    private mutating func takeCatalog() {
        guard version != listener.catalog.currentVersion else { return }
        version = listener.catalog.currentVersion
        answerer.use(listener.catalog.current)
    }

    private mutating func take(_ event: Event<StreamSource>) {
        switch event {
        case .ready(let source, let readiness):
            if let gate = gate(source) { return accept(through: gate) }
            if let client = clients[source] { serve(client, readiness) }
        case .timer(let source):
            if let gate = gate(source) { return reopen(gate, source) }
            guard let client = clients[source] else { return }
            client.timerFired()
            client.connection.look(at: now)
            conclude(client)
        case .woken: for letter in listener.mailbox.take() { deliver(letter) }
        case .signal: break
        }
    }

    private func gate(_ source: StreamSource) -> StreamGate? {
        let number = Int(truncatingIfNeeded: source.rawValue)
        return listener.gates.indices.contains(number) ? listener.gates[number] : nil
    }
}

extension StreamService {
    private mutating func serve(_ client: StreamClient, _ readiness: Readiness) {
        if client.isHungUp { client.connection.end(.reset) }
        if readiness.contains(.write) { client.write(at: now) }
        if readiness.contains(.read), client.connection.wishes.contains(.read) {
            client.read(into: &incoming, at: now)
        }
        answer(client)
    }

    /// Answers what a connection has asked, as far as one turn goes.
    private mutating func answer(_ client: StreamClient) {
        while !replies.isFull,
            let range = client.connection.takeMessage(beside: replies.count, at: now)
        {
            answer(range, of: client)
        }
        while !replies.isFull,
            let part = client.connection.takePart(beside: replies.count, at: now)
        {
            replies.add(part)
        }
        send(to: client)
        conclude(client)
    }

    private mutating func answer(_ range: Range<Int>, of client: StreamClient) {
        let rest = replies.add(
            replyTo: client.connection.message(range), from: client.client, by: &answerer)
        switch rest {
        case .ask(let question):
            client.connection.beginWaiting()
            let place = StreamPlace(listener.mailbox, client.source)
            listener.waiting.take(question, replyTo: place)
        case .refresh(let question): listener.waiting.refresh(question)
        case .transfer(let transfer): client.connection.begin(transfer)
        case nil: break
        }
    }

    private mutating func send(to client: StreamClient) {
        if replies.isEmpty { return }
        client.write(replies.framed, at: now)
        replies.clear()
    }

    /// Hands a reply from elsewhere on, if its connection still wants it.
    private mutating func deliver(_ letter: StreamMailbox.Letter) {
        guard let client = clients[letter.source] else { return counts.lost += 1 }
        client.connection.endWaiting(at: now)
        if client.connection.hasRoom, !letter.message.isEmpty {
            replies.add(letter.message)
            send(to: client)
        } else {
            counts.lost += 1
        }
        answer(client)
    }

    /// Ends a turn: the connection is closed, or waits for what it needs next.
    private mutating func conclude(_ client: StreamClient) {
        client.connection.settle(at: now)
        if client.connection.ending == nil { client.update(&loop) }
        if let ending = client.connection.ending { return close(client, ending) }
        guard client.noted != client.connection.lastActivity else { return }
        client.noted = client.connection.lastActivity
        crowd.note(client.source, &client.place, at: client.noted)
    }

    mutating func close(_ client: StreamClient, _ ending: StreamEnding) {
        client.connection.end(ending)
        client.leave(&loop)
        crowd.remove(client.place, of: client.client.address)
        clients[client.source] = nil
        counts.count(ending)
    }
}
