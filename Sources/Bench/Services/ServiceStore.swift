package import Kubernetes
import Network
import Synchronization

/// The objects of a set of services, as a source would have written them.
package final class ServiceStore: Sendable {
    package let set: ServiceSet
    package let store: ObjectStore
    private let content: Mutex<Content>

    private struct Content: ~Copyable {
        var writer = StoreWriter()
        let pool = SharingPool()
    }

    package init(_ set: ServiceSet) throws(BenchError) {
        var content = Content()
        content.writer.fill(try ServedObjects(set, content.pool))
        self.set = set
        store = content.writer.store
        self.content = Mutex(content)
    }
}

extension ServiceStore {
    /// Shows consumers what was written since the last time.
    package func publish() { content.withLock { $0.writer.publish() } }

    private func write(_ body: (inout StoreWriter, SharingPool) throws -> Void) rethrows {
        try content.withLock { try body(&$0.writer, $0.pool) }
    }

    /// Gives a service the endpoints of these numbers.
    package func setEndpoints(_ indices: [Int], of number: Int) throws {
        let entry = set.entry(number, endpoints: indices)
        try write { writer, pool in
            for family in set.families { writer.put(try entry.slice(family, pool)) }
        }
    }

    package func add(_ number: Int) throws {
        let entry = set.entry(number)
        try write { writer, pool in
            writer.put(entry.service())
            for family in set.families { writer.put(try entry.slice(family, pool)) }
        }
    }

    package func remove(_ number: Int) {
        let entry = set.entry(number, endpoints: [])
        write { writer, _ in
            writer.delete(Service.self, entry.service().key)
            for family in set.families {
                writer.delete(EndpointSlice.self, entry.sliceKey(family))
            }
        }
    }
}

extension StoreWriter {
    fileprivate mutating func fill(_ objects: ServedObjects) {
        replace(objects.services)
        replace(objects.slices)
        replace(objects.nodes)
        replace(objects.serviceNetworks)
        publish()
    }

    private mutating func replace<Object: StoredObject>(_ objects: [Object]) {
        var replacement = beginReplacement(of: Object.self)
        for object in objects { replacement.stage(object) }
        commit(replacement)
    }
}
