/// A thread that stays in a namespace, for callers whose work there must not hold up their own.
///
/// The namespace lives at least as long as this.
package final class NamespaceThread: Sendable {
    private let thread: WorkerThread

    package init(_ namespace: borrowing NetworkNamespace) throws(PlatformError) {
        let number = namespace.descriptor.rawValue
        let thread = try WorkerThread()
        try thread.run { () throws(PlatformError) in try NetworkNamespace.enter(number) }
        self.thread = thread
    }

    /// Stays in the namespace of the calling thread, which nobody needs a right to.
    package init() throws(PlatformError) { thread = try WorkerThread() }

    /// Runs a closure inside the namespace and waits for its result; callers take turns.
    package func run<Value: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try thread.run(body)
    }
}
