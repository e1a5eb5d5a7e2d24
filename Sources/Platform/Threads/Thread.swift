import Glibc

/// A thread of our own, outside the runtime's pool; its owner waits for it to end.
package struct Thread: ~Copyable, Sendable {
    let handle: pthread_t

    /// Starts a thread; it inherits the caller's namespaces and signal mask.
    package init(_ body: @escaping @Sendable () -> Void) throws(PlatformError) {
        self.handle = try Self.start(Body(body))
    }

    deinit { Self.wait(for: handle) }

    /// Waits for the thread to end, as the end of its owner does too.
    package consuming func join() {}

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { pthread_equal(handle, pthread_self()) != 0 }
}

extension Thread {
    /// Lets other threads go first from now on, where the processors do not suffice for all.
    package static func giveWay() {
        _ = setpriority(which, 0, min(priority + courtesy, leastPriority))
    }

    /// The nice value of the calling thread.
    static var priority: CInt { getpriority(which, 0) }

    /// With the number 0 it is the calling thread alone, whatever POSIX says of processes
    /// (setpriority(2)).
    private static var which: __priority_which_t { .init(bitPattern: PRIO_PROCESS.rawValue) }

    /// A tenth of the weight (sched(7)).
    private static var courtesy: CInt { 10 }
    private static var leastPriority: CInt { 19 }

    /// Goes before other threads from now on; false without the right to, and nothing is changed.
    @discardableResult
    package static func goFirst() -> Bool {
        setpriority(which, 0, highestPriority) == 0
    }

    private static var highestPriority: CInt { -20 }

    /// Runs a closure on a thread made for it, and waits.
    static func runAlone(_ body: () -> Void) throws(PlatformError) {
        // The closure does not escape: the thread that runs it has ended before we return.
        // withoutActuallyEscaping passes errors on untyped only, so ours is carried out by hand.
        let failure: PlatformError? = withoutActuallyEscaping(body) { body in
            do throws(PlatformError) {
                let handle = try start(Body(body))
                wait(for: handle)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// What a thread runs, as the one pointer that pthread_create hands over.
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    private static func start(_ body: Body) throws(PlatformError) -> pthread_t {
        var handle = pthread_t()
        let context = unsafe Unmanaged.passRetained(body)
        let code = unsafe pthread_create(
            &handle, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw PlatformError(
                Errno(rawValue: code), "start thread",
                remedy: "raise the limit of tasks: TasksMax= or ulimit -u")
        }
        return handle
    }

    private static func wait(for handle: pthread_t) {
        // Whoever is dropped by its own thread cannot be waited for, and goes by itself.
        if pthread_equal(handle, pthread_self()) != 0 {
            _ = pthread_detach(handle)
        } else {
            _ = pthread_join(handle, nil)
        }
    }
}
