import Platform
import Transport

/// Keeps the objects of one kind in the store as the server has them.
///
/// What to do is decided by `ListWatch`; this does it: requests, reading, writing to the store.
final class Reflector<Object: StoredObject> {
    var machine: ListWatch<SystemRandomNumberGenerator>
    let pool: SharingPool
    let use: ObjectUse
    var answer: Answer?
    var check: Answer?
    var replacement: Replacement<Object>?
    /// The object that was read last, which actions speak of.
    var object: Object?
    var key: ObjectKey?
    var latency = LatencyHistogram()
    var bytesReceived = 0

    init(_ options: ListWatchOptions, _ pool: SharingPool) {
        machine = ListWatch(Object.kind, options, random: SystemRandomNumberGenerator())
        self.pool = pool
        use = options.use
    }

    /// A request and what has come of its answer.
    struct Answer {
        let id: TransferID
        let request: ListWatchRequest
        let begin: MonotonicTime
        var status = 0
        var retryAfter: Duration?
        var contentType = ""
        var reader: ObjectReader<Object>?
        /// The body of an answer that says no.
        var refusal: [UInt8] = []
        /// What a check has read.
        var meta: ListMeta?
        var items = 0
    }
}

extension Kind {
    /// A reflector of this kind's objects.
    func reflector(_ options: ListWatchOptions, _ pool: SharingPool) -> any AnyReflector {
        switch self {
        case .service: Reflector<Service>(options, pool)
        case .endpointSlice: Reflector<EndpointSlice>(options, pool)
        case .node: Reflector<Node>(options, pool)
        case .pod: Reflector<Pod>(options, pool)
        case .namespace: Reflector<Namespace>(options, pool)
        case .networkPolicy: Reflector<NetworkPolicy>(options, pool)
        case .serviceCIDR: Reflector<ServiceCIDR>(options, pool)
        }
    }
}

/// A reflector of whatever kind, as the loop that runs all of them sees it.
protocol AnyReflector: AnyObject {
    var kind: Kind { get }
    var deadline: MonotonicTime? { get }
    var statistics: SourceStatistics.OfKind { get }
    var bytesReceived: Int { get }

    func take(_ input: ListWatchInput, _ context: inout ReflectorContext)
    /// Takes an event of the client if it is about a request of this reflector.
    func take(_ event: HTTPEvent, _ context: inout ReflectorContext) -> Bool
}

/// What reflectors work with: the store's writer, the connection, and whom to report to.
struct ReflectorContext: ~Copyable {
    var writer: StoreWriter
    let connection: ServerConnection
    let report: @Sendable (Report) -> Void
    var now = MonotonicTime(nanoseconds: 0)

    init(
        _ writer: consuming StoreWriter, _ connection: ServerConnection,
        _ report: @escaping @Sendable (Report) -> Void
    ) {
        self.writer = writer
        self.connection = connection
        self.report = report
    }
}

extension Reflector: AnyReflector {
    var kind: Kind { Object.kind }
    var deadline: MonotonicTime? { machine.deadline }

    var statistics: SourceStatistics.OfKind {
        var statistics = machine.statistics
        statistics.latency = latency
        return statistics
    }

    func take(_ input: ListWatchInput, _ context: inout ReflectorContext) {
        // Actions can lead to inputs: a comparison, a request that cannot even be begun.
        var inputs = [input]
        while let input = inputs.popLast() {
            for action in machine.handle(input, at: context.now) {
                if let next = perform(action, &context) { inputs.append(next) }
            }
        }
        if let contact = machine.lastContact { context.writer.noteContact(kind, at: contact) }
    }

    func take(_ event: HTTPEvent, _ context: inout ReflectorContext) -> Bool {
        if event.id == answer?.id {
            takeAnswer(event, &context)
        } else if event.id == check?.id {
            takeCheck(event, &context)
        } else {
            return false
        }
        return true
    }
}
