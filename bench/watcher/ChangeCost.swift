import Kubernetes
import Measure
import ObjectSupport
import Platform

/// What one changed slice costs from its bytes to a consumer that has seen it, without the network:
/// cutting, decoding, the store, and the consumer's look.
struct ChangeCost {
    let cluster: Cluster
    let changes: Int

    func measure(_ format: ObjectFormat) throws -> Samples {
        var writer = StoreWriter()
        var all = writer.beginReplacement(of: EndpointSlice.self)
        for number in 0..<cluster.services { all.stage(try cluster.slice(number)) }
        writer.commit(all)
        writer.publish()
        let subscription = writer.store.subscribe(to: [.endpointSlice]) {}
        _ = subscription.look().changes(of: EndpointSlice.self)
        let pool = SharingPool()
        var stream = ObjectStream(format, .list)
        stream.receive { $0 += format.opening }
        var samples = Samples(of: "a changed slice, \(format)")
        for number in 0..<changes {
            let slice = try cluster.slice(number * 37 % cluster.services, round: 1 + number)
            let item = format.listed(try format.item(slice))
            let begin = MonotonicTime.now
            stream.receive { $0 += item }
            while case .object(let range)? = try stream.next() {
                let bytes = stream.bytes.extracting(range)
                writer.put(try format.decode(EndpointSlice.self, bytes, pool))
            }
            writer.publish()
            let seen = subscription.look().changes(of: EndpointSlice.self).count
            samples.add(.now - begin)
            precondition(seen == 1, "the change was not seen")
        }
        return samples
    }
}

extension ObjectFormat {
    /// The beginning of a list without end.
    fileprivate var opening: [UInt8] {
        switch self {
        case .json: Array(#"{"items":["#.utf8)
        // "k8s\0", then runtime.Unknown whose field `raw` is longer than anything that comes.
        case .protobuf: [0x6B, 0x38, 0x73, 0x00, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        }
    }

    /// An item as it stands in a list.
    fileprivate func listed(_ item: [UInt8]) -> [UInt8] {
        switch self {
        case .json: item + [UInt8(ascii: ",")]
        case .protobuf:
            [0x12, UInt8(item.count & 0x7F) | 0x80, UInt8(item.count >> 7)] + item
        }
    }
}
