import DNS
import JSON
import Netlink
import Network
import Platform

/// What went wrong in the demonstration: a code, what was being done, and the cause.
package struct DemoError: Error, Hashable, Sendable {
    package let code: Code
    package let operation: String
    package let cause: String

    package init(_ code: Code, _ operation: String, _ cause: String) {
        self.code = code
        self.operation = operation
        self.cause = cause
    }
}

extension DemoError {
    package enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// The right to make namespaces, or to write where they are kept, is missing.
        case privilege
        /// Another demonstration is in the way, or there is none.
        case state
        /// A namespace, link, address or route that the kernel does not take.
        case network
        /// A program that does not start, ends too early, or says something unexpected.
        case program
        /// A file that cannot be read or written.
        case file
        /// A connection that could not be made, or an answer that did not come.
        case traffic
        /// The user wants it to end.
        case interrupted
    }
}

extension DemoError: CustomStringConvertible {
    package var description: String { "cannot \(operation): \(cause)" }
}

extension DemoError {
    /// Runs calls of the platform, and says what they were for if one of them fails.
    static func of<Value: ~Copyable>(
        _ code: Code, _ operation: String, _ body: () throws -> Value
    ) throws(DemoError) -> Value {
        do { return try body() } catch {
            if let error = error as? DemoError { throw error }
            throw DemoError(code, operation, "\(error)")
        }
    }
}
