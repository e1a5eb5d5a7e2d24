import Synchronization

/// Something that has happened, seen from any thread.
package final class Flag: Sendable {
    private let value = Atomic(false)

    package init() {}

    package var isSet: Bool { value.load(ordering: .acquiring) }

    package func set() { value.store(true, ordering: .releasing) }

    /// Sets it, and says whether it was not set before.
    package func setOnce() -> Bool {
        !value.exchange(true, ordering: .acquiringAndReleasing)
    }
}
