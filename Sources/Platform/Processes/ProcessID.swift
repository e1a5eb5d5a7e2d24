import Glibc

/// A process's number, as every program in its PID namespace knows it.
package struct ProcessID: RawRepresentable, Hashable, Sendable {
    package let rawValue: CInt

    package init(rawValue: CInt) { self.rawValue = rawValue }

    package static var current: ProcessID { ProcessID(rawValue: getpid()) }
}
