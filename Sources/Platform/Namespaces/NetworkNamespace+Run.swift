import CLinux
import Glibc

extension NetworkNamespace {
    /// Runs a closure inside the namespace and waits for its result.
    ///
    /// A thread is made for it and ends with it, so no thread of the runtime's pool is ever left
    /// in the wrong namespace. A socket belongs for life to the namespace it was opened in: open
    /// it here, use it anywhere. For an error of another type, let the closure return a `Result`.
    package borrowing func run<Value: ~Copyable>(
        _ body: () throws(PlatformError) -> Value
    ) throws(PlatformError) -> Value {
        let number = descriptor.rawValue
        return try Self.runOnOwnThread { () throws(PlatformError) in
            try Self.enter(number)
            return try body()
        }
    }

    /// Moves the calling thread, which must be one of ours that never serves another namespace.
    static func enter(_ number: CInt) throws(PlatformError) {
        _ = try syscall("enter network namespace") { weft_enter_network_namespace(number) }
    }

    /// Runs a closure on a thread made for it.
    static func runOnOwnThread<Value: ~Copyable>(
        _ body: () throws(PlatformError) -> Value
    ) throws(PlatformError) -> Value {
        var outcome: Result<Value, PlatformError>?
        try Thread.runAlone {
            do throws(PlatformError) {
                outcome = .success(try body())
            } catch {
                outcome = .failure(error)
            }
        }
        guard let outcome = outcome.take() else {
            throw PlatformError(.invalid, "run in network namespace", "the thread did not run")
        }
        return try outcome.get()
    }
}
