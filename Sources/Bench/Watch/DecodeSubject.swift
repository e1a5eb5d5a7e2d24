import Kubernetes
import Platform

/// Lists that have come already, until a store holds what they say: no network, no other thread.
struct DecodeSubject: Subject {
    let identity: Identity
    private let format: ObjectFormat
    private let services: [UInt8]
    private let slices: [UInt8]
    private let count: Int

    init(
        _ cluster: any GeneratedCluster, _ format: ObjectFormat,
        _ circumstances: [Identity.Circumstance]
    ) throws(ObjectError) {
        self.format = format
        let (services, slices) = (cluster.allServices, try cluster.allSlices())
        self.services = try format.managedList(services)
        self.slices = try format.managedList(slices)
        count = services.count + slices.count
        identity = Identity("watch", "decode", circumstances)
    }

    mutating func measure() throws -> Round {
        let (begin, work) = (MonotonicTime.now, ThreadTime.now)
        var writer = StoreWriter()
        let pool = SharingPool()
        try read(Service.self, services, into: &writer, pool)
        try read(EndpointSlice.self, slices, into: &writer, pool)
        writer.publish()
        var round = Round()
        round.set(MonotonicTime.now - begin, ThreadTime.now - work, of: count)
        round.set(.received, Double(services.count + slices.count))
        guard writer.count(of: Service.self) + writer.count(of: EndpointSlice.self) == count else {
            throw BenchError(.traffic, "decode \(count) objects", "the store has another number")
        }
        return round
    }

    /// What libcurl hands over at once.
    private static let piece = 64 << 10

    private func read<Object: StoredObject>(
        _ type: Object.Type, _ list: [UInt8], into writer: inout StoreWriter, _ pool: SharingPool
    ) throws(ObjectError) {
        var replacement = writer.beginReplacement(of: type)
        var stream = ObjectStream(format, .list)
        for start in stride(from: 0, to: list.count, by: Self.piece) {
            let end = min(start + Self.piece, list.count)
            stream.receive { $0.append(contentsOf: list[start..<end]) }
            while let piece = try stream.next() {
                guard case .object(let range) = piece else { continue }
                let bytes = stream.bytes.extracting(range)
                replacement.stage(try format.decode(type, bytes, pool))
            }
        }
        writer.commit(replacement)
    }
}

extension ObjectFormat {
    fileprivate func managedList<Object: KubernetesObject>(
        _ objects: [Object]
    ) throws(ObjectError) -> [UInt8] {
        var items: [[UInt8]] = []
        for object in objects { items.append(try managedItem(object)) }
        var meta = ListMeta()
        meta.resourceVersion = "9000000"
        return try list(of: Object.kind, items, meta)
    }
}
