import Network
package import Platform
import Synchronization

/// Takes questions over streams at some addresses, on one thread.
package final class StreamListener: Sendable {
    let gates: [StreamGate]
    let settings: StreamSettings
    let catalog: CatalogSlot
    let waiting: any QuestionTaker
    let makeCodec: (@Sendable () -> any StreamCodec)?
    let mailbox: StreamMailbox
    private let loop: Mutex<EventLoop<StreamSource>?>
    private let waker: Waker
    let stopped = Flag()
    let counts: SharedCounts
    let ring: QueryRing?
    let streamCounts = Mutex(StreamCounts())

    /// Listens at all of the addresses or at none; a codec is made for each connection.
    package init(
        _ addresses: [SocketAddress], _ catalog: CatalogSlot, waiting: any QuestionTaker,
        _ settings: StreamSettings = StreamSettings(), counts: SharedCounts = SharedCounts(),
        log ring: QueryRing? = nil, codec makeCodec: (@Sendable () -> any StreamCodec)? = nil
    ) throws(PlatformError) {
        gates = try addresses.map { address throws(PlatformError) in
            try StreamGate(address, settings)
        }
        let loop = try EventLoop<StreamSource>()
        waker = loop.waker
        mailbox = StreamMailbox(loop.waker)
        self.loop = Mutex(consume loop)
        self.settings = settings
        self.counts = counts
        self.ring = ring
        self.catalog = catalog
        self.waiting = waiting
        self.makeCodec = makeCodec
    }
}

extension StreamListener {
    /// Where it listens, ports of the kernel's choice included.
    package var localAddresses: [SocketAddress] {
        gates.compactMap { try? $0.socket.socket.localAddress }
    }

    package var connections: StreamCounts { streamCounts.withLock(\.self) }

    package func stop() {
        stopped.set()
        waker.wake()
    }

    /// Answers until stopped; to be called once.
    package func run(_ reader: consuming Epochs.Reader) throws(PlatformError) {
        guard let loop = loop.withLock({ $0.take() }) else { return }
        var service = StreamService(self, loop, reader)
        try service.run()
    }
}

/// A place that clients connect to.
final class StreamGate: Sendable {
    let socket: ListeningSocket

    init(_ address: SocketAddress, _ settings: StreamSettings) throws(PlatformError) {
        // Connections inherit these.
        var options = SocketOptions()
        options.receiveBuffer = settings.kernelBuffer
        options.sendBuffer = settings.kernelBuffer
        socket = try ListeningSocket(address, options)
    }

    func watch(
        _ loop: borrowing EventLoop<StreamSource>, as source: StreamSource
    ) throws(PlatformError) {
        try loop.add(socket.socket.descriptor, .read, as: source)
    }

    func ignore(_ loop: borrowing EventLoop<StreamSource>) throws(PlatformError) {
        try loop.remove(socket.socket.descriptor)
    }
}
