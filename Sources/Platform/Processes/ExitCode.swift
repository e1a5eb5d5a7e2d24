import Glibc

/// What a program tells its caller at the end.
package struct ExitCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: CInt

    package init(rawValue: CInt) { self.rawValue = rawValue }

    package static let success = ExitCode(rawValue: EXIT_SUCCESS)
    package static let failure = ExitCode(rawValue: EXIT_FAILURE)
    /// The command line was wrong (`EX_USAGE` of sysexits.h).
    package static let usage = ExitCode(rawValue: 64)

    /// Ends the process.
    package func exit() -> Never { Glibc.exit(rawValue) }
}
