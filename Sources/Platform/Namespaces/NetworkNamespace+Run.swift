import CLinux
import Glibc

extension NetworkNamespace {
    /// Runs a closure inside the namespace, on the calling thread, which is back home afterwards.
    ///
    /// A socket belongs for life to the namespace it was opened in: open it here, use it anywhere.
    /// For an error of another type, let the closure return a `Result`.
    package borrowing func run<Value: ~Copyable>(
        _ body: () throws(PlatformError) -> Value
    ) throws(PlatformError) -> Value {
        let home = try Descriptor(
            opening: Self.currentPath, O_RDONLY, "remember network namespace")
        try Self.enter(descriptor.rawValue)
        defer { Self.goBack(to: home) }
        return try body()
    }

    /// Moves the calling thread into the namespace for good.
    package borrowing func enter() throws(PlatformError) { try Self.enter(descriptor.rawValue) }

    /// The descriptor is our own and of the right kind, so the kernel has no reason to refuse; a
    /// thread that stayed would do all that follows in the wrong place.
    private static func goBack(to home: borrowing Descriptor) {
        let isHome = weft_enter_network_namespace(home.rawValue) == 0
        precondition(isHome, "the thread cannot leave a network namespace")
    }

    /// Moves the calling thread, which must be one of ours or come back.
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
