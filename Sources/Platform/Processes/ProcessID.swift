import CLinux
import Glibc

/// A process's number, as every program in its PID namespace knows it.
package struct ProcessID: RawRepresentable, Hashable, Sendable {
    package let rawValue: CInt

    package init(rawValue: CInt) { self.rawValue = rawValue }

    package static var current: ProcessID { ProcessID(rawValue: getpid()) }

    /// The calling thread's own number, which the kernel names where it says who did something.
    package static var currentThread: ProcessID { ProcessID(rawValue: weft_thread_id()) }
}
