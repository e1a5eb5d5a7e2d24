/// Gives objects their UIDs and resource versions.
struct Stamp {
    private var uids: [ObjectID: UID] = [:]
    private var version: UInt64 = 0
    /// Differs from process to process, so that an object of an earlier one is another object.
    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }
}

extension Stamp {
    /// The object with a new version, and with a UID that lasts until it is forgotten.
    mutating func stamped<Object: StoredObject>(_ object: Object) -> Object {
        version += 1
        let id = object.id
        let uid = uids[id] ?? UID.random(seed, version)
        uids[id] = uid
        var object = object
        object.metadata.uid = uid
        object.metadata.resourceVersion = "\(version)"
        return object
    }

    mutating func forget(_ id: ObjectID) { uids[id] = nil }
}

extension UID {
    /// A UUID of version 8 (RFC 9562): numbers of our own, unique as long as the counter goes on.
    fileprivate static func random(_ seed: UInt64, _ counter: UInt64) -> UID {
        .uuid(
            high: seed & ~0xF000 | 0x8000, low: counter & ~(0b11 << 62) | 0b10 << 62)
    }
}
