/// What went wrong with a benchmark: a code, what was being done, and the cause.
package struct BenchError: Error, Hashable, Sendable {
    package let code: Code
    package let operation: String
    package let cause: String

    package init(_ code: Code, _ operation: String, _ cause: String) {
        self.code = code
        self.operation = operation
        self.cause = cause
    }
}

extension BenchError {
    package enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// The right to make namespaces or to load rules is missing.
        case privilege
        /// A namespace, link, address or route that the kernel does not take.
        case network
        /// A program that is missing, does not start, ends too early, or says something unexpected.
        case program
        /// A file that cannot be read or written, or does not hold what it should.
        case file
        /// A connection that could not be made, or an answer that did not come.
        case traffic
        /// The user wants it to end.
        case interrupted
    }
}

extension BenchError: CustomStringConvertible {
    package var description: String { "cannot \(operation): \(cause)" }
}

extension BenchError {
    /// Runs calls of other modules, and says what they were for if one of them fails.
    package static func of<Value: ~Copyable>(
        _ code: Code, _ operation: String, _ body: () throws -> Value
    ) throws(BenchError) -> Value {
        do { return try body() } catch {
            if let error = error as? BenchError { throw error }
            throw BenchError(code, operation, "\(error)")
        }
    }
}
