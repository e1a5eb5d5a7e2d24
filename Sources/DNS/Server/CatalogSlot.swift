import Synchronization

/// The catalog that is in force, which a changed configuration replaces while questions come.
package final class CatalogSlot: Sendable {
    private let catalog: Mutex<Catalog>
    /// Counts replacements, so that readers need the lock only after one.
    private let version = Atomic<Int>(0)

    package init(_ catalog: Catalog) { self.catalog = Mutex(catalog) }

    package func replace(by new: Catalog) {
        catalog.withLock { $0 = new }
        version.add(1, ordering: .releasing)
    }

    var current: Catalog { catalog.withLock(\.self) }

    @inline(__always)
    var currentVersion: Int { version.load(ordering: .acquiring) }
}
