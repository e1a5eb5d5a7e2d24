import Kubernetes
import Synchronization

/// A source whose objects a test decides.
final class FakeSource: ObjectSource {
    let store: ObjectStore
    private let writer: Mutex<StoreWriter>
    private let counted = Mutex(SourceStatistics())

    init() {
        let writer = StoreWriter()
        store = writer.store
        self.writer = Mutex(consume writer)
    }

    var statistics: SourceStatistics { counted.withLock(\.self) }

    func stop() {}
}

extension FakeSource {
    /// Makes these all objects of their kind, which is synced by that.
    func sync<Object: StoredObject>(_ objects: [Object]) {
        writer.withLock { writer in
            var replacement = writer.beginReplacement(of: Object.self)
            for object in objects { replacement.stage(object) }
            writer.commit(replacement)
            writer.publish()
        }
    }

    func put<Object: StoredObject>(_ object: Object) {
        writer.withLock { writer in
            writer.put(object)
            writer.publish()
        }
    }

    func delete<Object: StoredObject>(_ object: Object) {
        writer.withLock { writer in
            writer.delete(Object.self, object.key)
            writer.publish()
        }
    }

    func count(_ change: (inout SourceStatistics) -> Void) { counted.withLock { change(&$0) } }
}
