import CLinux
import Glibc

/// A child process; one that still runs when its owner ends is killed, and none stays a zombie.
package struct Process: ~Copyable, Sendable {
    package let id: ProcessID
    /// Readable once the process has ended; unlike the number it is never another process.
    private let descriptor: Descriptor
    /// Whether the number may be another's by now.
    private var isReaped = false

    /// Starts a program in the calling thread's namespaces, with these three descriptors only.
    package init(
        _ program: Program, input: borrowing Descriptor, output: borrowing Descriptor,
        errors: borrowing Descriptor
    ) throws(PlatformError) {
        let number = try spawn(program, [input.rawValue, output.rawValue, errors.rawValue])
        // Nobody but us waits for the child, so the number is still its own.
        let watch: CInt
        do throws(PlatformError) {
            watch = try syscall("watch process") { weft_pidfd_open(number) }
        } catch {
            _ = Glibc.kill(-number, SIGKILL)
            _ = waitpid(number, nil, 0)
            throw error
        }
        self.descriptor = Descriptor(owning: watch)
        self.id = ProcessID(rawValue: number)
    }

    deinit {
        guard !isReaped else { return }
        // Not reaped, so the group's number is still the leader's.
        _ = Glibc.kill(-id.rawValue, SIGKILL)
        _ = weft_pidfd_wait(descriptor.rawValue, nil)
    }
}

extension Process {
    /// Sends a signal; one to a process that has ended is no error.
    package borrowing func send(_ signal: Signal) throws(PlatformError) {
        let number = descriptor.rawValue
        do throws(PlatformError) {
            _ = try syscall("signal process") { weft_pidfd_signal(number, signal.rawValue) }
        } catch  where error.code == .noSuchProcess {
            // Ended, not waited for yet.
        }
    }

    /// Whether it has ended by itself, and nobody has waited for it yet.
    package borrowing func hasEnded() throws(PlatformError) -> Bool {
        try descriptor.wait(for: .read, until: .now)
    }

    /// Waits for the end; nil means the deadline came first, and the process was killed.
    package consuming func wait(
        until deadline: MonotonicTime? = nil
    ) throws(PlatformError) -> Termination? {
        guard try descriptor.wait(for: .read, until: deadline) else { return nil }
        return try reap().status
    }

    /// Waits for the end without a deadline, and tells what the process has used.
    package consuming func end() throws(PlatformError) -> (
        status: Termination, usage: ResourceUsage
    ) {
        _ = try descriptor.wait(for: .read, until: nil)
        return try reap()
    }

    private consuming func reap() throws(PlatformError) -> (
        status: Termination, usage: ResourceUsage
    ) {
        let number = descriptor.rawValue
        var usage = rusage()
        let status = try syscall("wait for process") {
            unsafe weft_pidfd_wait(number, &usage)
        }
        isReaped = true
        let signal = status - CInt(WEFT_KILLED_BY)
        let end: Termination = signal >= 0 ? .killed(Signal(rawValue: signal)) : .exited(status)
        return (end, ResourceUsage(usage))
    }

    /// What to poll for to learn of the end.
    var awaited: pollfd {
        pollfd(fd: descriptor.rawValue, events: CShort(POLLIN), revents: 0)
    }

    /// Kills the process, and what it started in its process group.
    package consuming func kill() {}

    /// Lets the process outlive its owner, and this process.
    package consuming func leave() { isReaped = true }
}
