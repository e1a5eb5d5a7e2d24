import Glibc

extension ProcessID {
    /// Sends a signal to a process that is nobody's child here; one that has ended is no error.
    package func send(_ signal: Signal) throws(PlatformError) {
        let number = rawValue
        do throws(PlatformError) {
            _ = try syscall("signal process", "\(number)") { kill(number, signal.rawValue) }
        } catch  where error.code == .noSuchProcess {
            // Nothing is left to do.
        }
    }
}

/// A signal's number.
package struct Signal: RawRepresentable, Hashable, Sendable {
    package let rawValue: CInt

    package init(rawValue: CInt) { self.rawValue = rawValue }

    package static let hangUp = Signal(rawValue: SIGHUP)
    package static let interrupt = Signal(rawValue: SIGINT)
    package static let kill = Signal(rawValue: SIGKILL)
    package static let user1 = Signal(rawValue: SIGUSR1)
    /// Nobody reads any more from what was written to.
    package static let pipe = Signal(rawValue: SIGPIPE)
    package static let terminate = Signal(rawValue: SIGTERM)
    package static let child = Signal(rawValue: SIGCHLD)
}

extension Signal {
    /// Sends the signal to the calling thread alone.
    package func raise() { _ = Glibc.raise(rawValue) }
}
