import Kubernetes
import Platform

/// One changed slice from its bytes to a consumer that has seen it, without network or threads.
struct StoreSubject: Subject {
    let identity: Identity
    private let cluster: any GeneratedCluster
    private let format: ObjectFormat
    private let changes: Int
    private let held: Held
    private var round = 0

    private final class Held {
        var writer = StoreWriter()
        let subscription: Subscription
        let pool = SharingPool()

        init(_ cluster: any GeneratedCluster) throws(ObjectError) {
            var all = writer.beginReplacement(of: EndpointSlice.self)
            for slice in try cluster.allSlices() { all.stage(slice) }
            writer.commit(all)
            writer.publish()
            subscription = writer.store.subscribe(to: [.endpointSlice]) {}
            _ = subscription.look()
        }
    }

    init(
        _ cluster: any GeneratedCluster, _ format: ObjectFormat, changes: Int,
        _ circumstances: [Identity.Circumstance]
    ) throws(ObjectError) {
        self.cluster = cluster
        self.format = format
        self.changes = changes
        held = try Held(cluster)
        identity = Identity("watch", "store", circumstances)
    }

    mutating func measure() throws -> Round {
        var result = Round()
        var used = Duration.zero
        for _ in 0..<changes {
            round += 1
            guard let slice = try cluster.change(round).first else { continue }
            var stream = ObjectStream(format, .watch)
            let event = try format.managedEvent("MODIFIED", slice)
            stream.receive { $0 += event }
            let (begin, work) = (MonotonicTime.now, ThreadTime.now)
            let seen = try take(&stream)
            result.histogram.record(MonotonicTime.now - begin)
            used += ThreadTime.now - work
            guard seen == 1 else {
                throw BenchError(.traffic, "see a change of \(slice.key)", "\(seen) were seen")
            }
        }
        result.setPercentiles()
        result.set(.processor, Double(used.nanoseconds) / Double(changes))
        return result
    }

    /// How many changes the consumer sees.
    private func take(_ stream: inout ObjectStream) throws -> Int {
        while case .event(let range)? = try stream.next() {
            let bytes = stream.bytes.extracting(range)
            held.writer.put(try format.decodeEvent(EndpointSlice.self, bytes, held.pool))
        }
        held.writer.publish()
        return held.subscription.look().changes(of: EndpointSlice.self).count
    }
}
