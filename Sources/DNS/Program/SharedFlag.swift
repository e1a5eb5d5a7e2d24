import Synchronization

/// Something that is wanted, until somebody takes it up.
final class SharedFlag: Sendable {
    private let value = Atomic(false)

    func raise() { value.store(true, ordering: .releasing) }

    /// Whether it was raised, once.
    func take() -> Bool { value.exchange(false, ordering: .acquiringAndReleasing) }
}
