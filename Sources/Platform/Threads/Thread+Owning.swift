import Synchronization

extension Thread {
    /// Starts a thread that owns a value which cannot be copied into its closure.
    package init<Value: ~Copyable & Sendable>(
        owning value: consuming Value, _ body: @escaping @Sendable (consuming Value) -> Void
    ) throws(PlatformError) {
        let handover = Handover(value)
        try self.init { if let value = handover.take() { body(value) } }
    }

    private final class Handover<Value: ~Copyable & Sendable>: Sendable {
        private let value: Mutex<Value?>

        init(_ value: consuming Value) { self.value = Mutex(consume value) }

        func take() -> Value? { value.withLock { $0.take() } }
    }
}
