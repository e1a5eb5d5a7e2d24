import Kubernetes
import Network
import Platform
import Synchronization

@testable import DNS

/// A server on 127.0.0.1 that knows a small cluster: default/web at 10.96.0.1, and default/many,
/// which is headless and has 1,500 endpoints with a port that is called http.
final class ServedStreams {
    let address: SocketAddress
    /// Where it takes datagrams, on a thread of their own.
    let datagrams: AddressAndPort
    private let listener: StreamListener
    private let thread: Thread
    private let datagramListener: UDPListener
    private let datagramThread: Thread
    private let counted = SharedCounts()
    private let index: ClusterIndexWriter

    init(
        waiting: any QuestionTaker = Unanswering(), limit: RateLimitOptions? = nil,
        transfers: [TransferOptions] = [],
        _ change: (inout StreamSettings) -> Void = { _ in }
    ) throws {
        var settings = StreamSettings()
        change(&settings)
        let cluster = ClusterSettings(zones: [try DomainName("cluster.local")])
        let epochs = Epochs(readers: 8)
        var store = StoreWriter()
        let index = try Self.index(cluster, epochs, &store)
        var parts = ServedBlock.Parts()
        parts.cluster = try ClusterZone(index.index, cluster)
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        parts.transfers = ZoneTransfers(transfers, of: store.store)
        let catalog = Catalog(
            [ServedBlock(.root, parts)], cookies: .test, limit: limit.map(RateLimit.init))
        let anywhere = SocketAddress.ip(AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0))
        let listener = try StreamListener(
            [anywhere], CatalogSlot(catalog), waiting: waiting, settings, counts: counted)
        let datagramListener = try UDPListener(
            AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0), CatalogSlot(catalog),
            waiting: waiting)
        guard let address = listener.localAddresses.first, let reader = epochs.reader(),
            let datagrams = datagramListener.localAddress, let other = epochs.reader()
        else {
            throw DNSError(.socket, "listen", "there is no address")
        }
        self.address = address
        self.listener = listener
        thread = try Thread(owning: reader) { reader in try? listener.run(reader) }
        self.datagrams = datagrams
        self.datagramListener = datagramListener
        datagramThread = try Thread(owning: other) { try? datagramListener.run($0) }
        self.index = index
    }

    deinit {
        listener.stop()
        datagramListener.stop()
    }

    private static func index(
        _ settings: ClusterSettings, _ epochs: Epochs, _ store: inout StoreWriter
    ) throws -> ClusterIndexWriter {
        var services = store.beginReplacement(of: Service.self)
        services.stage(Service(web: "web", "10.96.0.1"))
        services.stage(Service(web: "many", "None"))
        store.commit(services)
        var slices = store.beginReplacement(of: EndpointSlice.self)
        for number in 0..<15 { slices.stage(try slice(number)) }
        store.commit(slices)
        store.commit(store.beginReplacement(of: Namespace.self))
        store.publish()
        let subscription = store.store.subscribe(to: settings.kinds) {}
        var index = try ClusterIndexWriter(settings, readers: epochs)
        index.apply(subscription.look(), at: .now)
        return index
    }

    private static func slice(_ number: Int) throws -> EndpointSlice {
        var slice = EndpointSlice()
        (slice.metadata.name, slice.metadata.namespace) = ("many-\(number)", "default")
        slice.metadata.labels = [EndpointSlice.serviceLabel: "many"]
        slice.addressType = .ipv4
        for host in 0..<100 {
            var endpoint = Endpoint()
            endpoint.addresses = [.v4(IPv4Address(10, 1, UInt8(number), UInt8(host)))]
            endpoint.conditions.ready = true
            try slice.endpoints.append(endpoint)
        }
        var port = EndpointPort()
        (port.name, port.port) = ("http", 8080)
        slice.ports = [port]
        return slice
    }
}

extension ServedStreams {
    var counts: StreamCounts { listener.connections }

    /// How many questions have a reply.
    var answered: UInt64 {
        let replies =
            CountPlace.responses..<CountPlace.responses
            + CountPlace.sources * CountPlace.codes
        return counted.cells(of: 0)[replies].reduce(0, +)
    }

    /// Waits until the listener's counts are as wanted, and tells whether they came to be.
    func await(_ isWanted: (StreamCounts) -> Bool) -> Bool {
        let deadline = MonotonicTime.now + .seconds(20)
        while MonotonicTime.now < deadline {
            if isWanted(counts) { return true }
            sleep(for: .milliseconds(2))
        }
        return false
    }

    func connect() throws -> StreamClientOfTest {
        try StreamClientOfTest(address)
    }
}

/// Never says anything.
struct Unanswering: QuestionTaker {
    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {}

    func refresh(_ question: PendingQuestion) {}
}

/// Keeps questions until a test answers them.
final class Hesitating: QuestionTaker {
    private let kept = Mutex<[(PendingQuestion, any ReplyPlace)]>([])

    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {
        kept.withLock { $0.append((question, place)) }
    }

    func refresh(_ question: PendingQuestion) {}

    var count: Int { kept.withLock(\.count) }

    /// Answers all that were kept, the last first, with their own messages.
    func answerBackwards() {
        for (question, place) in take().reversed() { place.reply(question.message) }
    }

    /// Lets go of all that were kept without an answer.
    func forget() { _ = take() }

    private func take() -> [(PendingQuestion, any ReplyPlace)] {
        kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
    }
}
