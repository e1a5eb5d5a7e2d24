/// What went wrong in giving a node its pods' network: a code, what was being done, and the cause.
package struct AgentError: Error, Hashable, Sendable {
    package let code: Code
    package let operation: String
    package let cause: String

    package init(_ code: Code, _ operation: String, _ cause: String) {
        self.code = code
        self.operation = operation
        self.cause = cause
    }
}

extension AgentError {
    package enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// A configuration that is refused.
        case configuration
        /// Links, routes, neighbours or forwarding entries that the kernel does not take.
        case network
        /// Rules that the kernel does not take.
        case ruleset
        /// A file that cannot be read or written.
        case file
        /// What should be there of the machine, and is not.
        case machine
    }
}

extension AgentError: CustomStringConvertible {
    package var description: String { "cannot \(operation): \(cause)" }
}
