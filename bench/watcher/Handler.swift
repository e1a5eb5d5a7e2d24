import APIServerSupport
import Bench
import Kubernetes
import Platform
import Synchronization

/// Answers lists and watches of services, slices, namespaces and nodes from memory, and changes slices.
final class Handler: RequestHandler {
    private let cluster: any GeneratedCluster
    private let format: ObjectFormat
    /// What a streaming list answers, in pieces as a server would send them.
    private let events: [Kind: [[UInt8]]]
    private let watches = Mutex<[ResponseStream]>([])
    private let watching = Mutex<[(kind: Kind, stream: ResponseStream)]>([])
    private let round = Mutex(0)
    private let orders = Mutex<[Order]>([])
    private static let version = "9000000"

    init(_ cluster: any GeneratedCluster, _ format: ObjectFormat) throws(ObjectError) {
        self.cluster = cluster
        self.format = format
        events = [
            .service: try format.additions(cluster.allServices),
            .endpointSlice: try format.additions(cluster.allSlices()),
            .namespace: try format.additions(cluster.namespaces),
            .node: try format.additions(cluster.nodes),
        ]
    }

    var bytes: [UInt8] { [.service, .endpointSlice].flatMap { events[$0] ?? [] }.flatMap(\.self) }

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        if request.path.hasPrefix("/changes?") { return respond(toOrder: request.path, stream) }
        let path = request.path.prefix { $0 != "?" }
        let kind = Kind.allCases.first { $0.resource.path == path }
        let isWatch = request.path.contains("watch=")
        guard isWatch else { return stream.respond(list(of: kind), type: format.contentType) }
        stream.begin(200, [("content-type", format.contentType + ";stream=watch")])
        if request.path.contains("sendInitialEvents=true") {
            let pieces = kind.flatMap { events[$0] } ?? []
            for piece in pieces { stream.write(piece) }
            if let end = try? format.bookmark(
                of: kind ?? .service, version: Self.version, endsInitialEvents: true)
            {
                stream.write(end)
            }
        }
        watching.withLock { $0.append((kind ?? .service, stream)) }
        if kind == .endpointSlice { watches.withLock { $0.append(stream) } }
    }

    /// Tells all who watch that nothing has happened, as servers do once a minute.
    func sendBookmarks() {
        for (kind, stream) in watching.withLock(\.self) {
            guard let bookmark = try? format.bookmark(of: kind, version: Self.version) else {
                continue
            }
            stream.write(bookmark)
        }
    }

    /// Sends changes, so many a second, to all who watch.
    func change(_ count: Int, perSecond rate: Int) throws {
        let begin = MonotonicTime.now
        for number in 0..<count {
            for slice in try cluster.change(
                round.withLock {
                    $0 += 1; return $0 - 1
                })
            {
                let event = try format.managedEvent("MODIFIED", slice)
                for stream in watches.withLock({ $0 }) { stream.write(event) }
            }
            let next = begin + .seconds(1) * (number + 1) / rate
            sleep(for: max(next - .now, .zero))
        }
    }
}

extension Handler {
    /// For servers' clients that know no streaming lists; there is nothing of other kinds.
    private func list(of kind: Kind?) -> [UInt8] {
        var meta = ListMeta()
        meta.resourceVersion = Self.version
        do {
            return switch kind {
            case .service: try format.list(cluster.allServices, meta)
            case .endpointSlice: try format.list(cluster.allSlices(), meta)
            case .namespace: try format.list(cluster.namespaces, meta)
            case .node: try format.list(cluster.nodes, meta)
            default: try format.list(of: kind ?? .pod, [], meta)
            }
        } catch {
            return Array("\(error)".utf8)
        }
    }

    /// `/changes?COUNT,RATE` answers once all are sent.
    private func respond(toOrder path: String, _ stream: ResponseStream) {
        let numbers = path.split(separator: "?").last?.split(separator: ",").compactMap { Int($0) }
        guard let numbers, numbers.count == 2, numbers[1] > 0 else {
            return stream.respond("It is /changes?COUNT,RATE.\n", status: 400, type: "text/plain")
        }
        do {
            let thread = try Thread { [self] in
                do {
                    try change(numbers[0], perSecond: numbers[1])
                    stream.respond("All are sent.\n", type: "text/plain")
                } catch {
                    stream.respond("\(error)\n", status: 500, type: "text/plain")
                }
            }
            let order = Order(thread)
            orders.withLock { $0.append(order) }
        } catch {
            stream.respond("\(error)\n", status: 500, type: "text/plain")
        }
    }
}

/// What sends an order's changes, kept because who drops it waits for it, on the server's thread.
private final class Order: Sendable {
    private let thread: Thread
    init(_ thread: consuming Thread) { self.thread = thread }
}

extension ObjectFormat {
    fileprivate func additions<Object: KubernetesObject>(
        _ objects: [Object]
    ) throws(ObjectError) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for object in objects { events.append(try managedEvent("ADDED", object)) }
        return events
    }

    fileprivate func list<Object: KubernetesObject>(
        _ objects: [Object], _ meta: ListMeta
    ) throws(ObjectError) -> [UInt8] {
        var items: [[UInt8]] = []
        for object in objects { items.append(try managedItem(object)) }
        return try list(of: Object.kind, items, meta)
    }
}
