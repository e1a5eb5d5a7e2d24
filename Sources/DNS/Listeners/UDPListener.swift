package import Network
package import Platform

/// Takes questions as datagrams at one address, on a thread of its own.
package final class UDPListener: Sendable {
    private let socket: UDPSocket
    private let catalog: CatalogSlot
    private let waiting: any QuestionTaker
    private let stopped = Flag()
    private let counts: SharedCounts
    private let ring: QueryRing?

    /// Opens the socket; several may share an address, and the kernel spreads clients among them.
    package init(
        _ address: AddressAndPort, zone: UInt32 = 0, _ catalog: CatalogSlot,
        waiting: any QuestionTaker, counts: SharedCounts = SharedCounts(),
        log ring: QueryRing? = nil
    ) throws(PlatformError) {
        var options = SocketOptions()
        options.reusePort = true
        options.isBlocking = true
        options.receiveBuffer = Self.receiveBuffer
        socket = try UDPSocket(address, zone: zone, options)
        self.catalog = catalog
        self.waiting = waiting
        self.counts = counts
        self.ring = ring
    }

    /// A burst of some ten thousand questions waits its turn.
    private static var receiveBuffer: Int { 4 << 20 }
    /// As many are taken and answered with one call each.
    private static var batch: Int { 32 }
    /// No question is longer, cookies and padding included.
    private static var longestQuestion: Int { 2048 }
    /// The longest datagram that can be configured (D98).
    private static var longestReply: Int { 4096 }
}

extension UDPListener {
    package var localAddress: AddressAndPort? { (try? socket.socket.localAddress)?.ip }

    package func stop() {
        stopped.set()
        socket.shutDown()
    }

    /// Answers until stopped.
    package func run(_ reader: consuming Epochs.Reader) throws(PlatformError) {
        var batch = try DatagramBatch(
            count: Self.batch, room: Self.longestQuestion, answerRoom: Self.longestReply)
        var version = catalog.currentVersion
        var answerer = Answerer(catalog.current, reader, counts: counts, log: ring)
        while true {
            guard let count = try receive(into: &batch) else { return }
            if version != catalog.currentVersion {
                version = catalog.currentVersion
                answerer.use(catalog.current)
            }
            answerer.begin(at: .now)
            for index in 0..<count { answer(index, of: &batch, &answerer) }
            answerer.end()
            socket.sendAnswers(of: &batch)
            answerer.sent(at: .now)
        }
    }

    /// How many have come; nil once stopped.
    private func receive(into batch: inout DatagramBatch) throws(PlatformError) -> Int? {
        do throws(PlatformError) {
            let count = try socket.waitAndReceive(into: &batch)
            return stopped.isSet ? nil : count
        } catch {
            if stopped.isSet { return nil }
            throw error
        }
    }

    @inline(__always)
    private func answer(
        _ index: Int, of batch: inout DatagramBatch, _ answerer: inout Answerer
    ) {
        guard let source = batch.source(index), source.port.rawValue != 0 else { return }
        let client = Client(source.address, .udp, port: source.port)
        var question: PendingQuestion?
        batch.answer(index) { message, room in
            switch answerer.answer(message, from: client, into: &room) {
            case .reply(let length), .replyAndTransfer(let length, _): return length
            case .replyAndRefresh(let length, let pending):
                waiting.refresh(pending)
                return length
            case .drop: return 0
            case .later(let pending):
                question = pending
                return 0
            }
        }
        if let question {
            let place = DatagramPlace(self, peer: source, local: batch.destination(index))
            waiting.take(question, replyTo: place)
        }
    }

    /// Sends a reply that had to wait.
    func send(_ reply: [UInt8], to peer: AddressAndPort, from local: IPAddress?) {
        // What is lost here is asked for again.
        if let local {
            _ = try? socket.send(reply.span, to: peer, from: local)
        } else {
            _ = try? socket.send(reply.span, to: peer)
        }
    }
}

/// Where the reply to a question goes that has to wait.
package protocol ReplyPlace: Sendable {
    /// Delivers a whole message.
    func reply(_ message: [UInt8])
}

/// Takes questions that somebody else has to be asked for.
package protocol QuestionTaker: Sendable {
    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace)

    /// Asks anew for an answer that was given from the cache, and will soon be too old.
    func refresh(_ question: PendingQuestion)
}

/// The client of a datagram.
struct DatagramPlace: ReplyPlace {
    private let listener: UDPListener
    private let peer: AddressAndPort
    private let local: IPAddress?

    init(_ listener: UDPListener, peer: AddressAndPort, local: IPAddress?) {
        self.listener = listener
        self.peer = peer
        self.local = local
    }

    func reply(_ message: [UInt8]) { listener.send(message, to: peer, from: local) }
}
