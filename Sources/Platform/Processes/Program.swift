/// A program to run, with everything it will see: nothing is inherited unless named here.
package struct Program: Sendable {
    /// A path, or a name to look for along PATH; no shell reads it.
    package var path: String
    /// What follows the program's own name.
    package var arguments: [String]
    /// `NAME=value` pairs.
    package var environment: [String]
    /// The bytes the program finds on its standard input.
    package var input: [UInt8]
    /// How much each of its outputs may hold; more is an error, never a shortened answer.
    package var outputLimit: Int
    /// How long it may run before it is killed.
    package var limit: Duration?
    /// Whether it is killed when the thread that started it ends, be it by a signal that no program
    /// can take; a program that becomes another user's is not.
    package var isBound = false

    package init(
        _ path: String, _ arguments: [String] = [], environment: [String] = [],
        input: [UInt8] = [], outputLimit: Int = 16 << 20, limit: Duration? = nil
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.outputLimit = outputLimit
        self.limit = limit
    }
}

extension Program: CustomStringConvertible {
    package var description: String { ([path] + arguments).joined(separator: " ") }
}

extension Program {
    /// What a program that ended has left.
    package struct Outcome: Sendable {
        package let status: Termination
        package let output: [UInt8]
        package let errors: [UInt8]
    }
}

/// How a process ended.
package enum Termination: Hashable, Sendable {
    case exited(CInt)
    case killed(Signal)

    /// Whether it ended by itself and calls that a success.
    package var isSuccess: Bool { self == .exited(0) }
}
