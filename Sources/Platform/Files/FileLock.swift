import Glibc

/// A lock between processes on a file or directory, given back when its owner ends.
///
/// The file is made when missing and must stay: whoever removes it lets two owners in.
package struct FileLock: ~Copyable, Sendable {
    private let descriptor: Descriptor

    package enum Kind: Sendable {
        case exclusive, shared
    }

    /// Waits for the lock, at most until the deadline.
    package init(
        _ path: String, _ kind: Kind = .exclusive, until deadline: MonotonicTime? = nil
    ) throws(PlatformError) {
        let descriptor = try Self.open(path)
        if let deadline {
            guard try Self.poll(descriptor, kind, path, until: deadline) else {
                throw PlatformError(
                    .timedOut, "lock", path,
                    remedy: "another process holds it; fuser \(path) says which")
            }
        } else {
            _ = try Self.lock(descriptor, kind.flags, path)
        }
        self.descriptor = descriptor
    }

    private init(holding descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Takes the lock if it is free.
    package static func attempt(
        _ path: String, _ kind: Kind = .exclusive
    ) throws(PlatformError) -> FileLock? {
        let descriptor = try open(path)
        guard try lock(descriptor, kind.flags | LOCK_NB, path) else { return nil }
        return FileLock(holding: descriptor)
    }
}

extension FileLock {
    private static func open(_ path: String) throws(PlatformError) -> Descriptor {
        do throws(PlatformError) {
            return try Descriptor(opening: path, O_RDONLY | O_NONBLOCK, "lock")
        } catch  where error.code == .noSuchEntry {
            return try Descriptor(opening: path, O_RDONLY | O_CREAT, mode: 0o600, "lock")
        }
    }

    private static func lock(
        _ descriptor: borrowing Descriptor, _ flags: CInt, _ path: String
    ) throws(PlatformError) -> Bool {
        let number = descriptor.rawValue
        return try nonblocking("lock", path) { flock(number, flags) } != nil
    }

    /// Nothing tells when a lock becomes free in time, so ask again, ever less often.
    private static func poll(
        _ descriptor: borrowing Descriptor, _ kind: Kind, _ path: String,
        until deadline: MonotonicTime
    ) throws(PlatformError) -> Bool {
        var pause = Duration.microseconds(100)
        while try !lock(descriptor, kind.flags | LOCK_NB, path) {
            let left = deadline - .now
            if left <= .zero { return false }
            sleep(for: min(pause, left))
            pause = min(pause * 2, .milliseconds(10))
        }
        return true
    }
}

extension FileLock.Kind {
    fileprivate var flags: CInt { self == .exclusive ? LOCK_EX : LOCK_SH }
}
