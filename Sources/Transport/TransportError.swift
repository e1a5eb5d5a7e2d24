/// A request that got no answer, or not all of it: what was tried, where, and why it failed.
package struct TransportError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The request itself cannot be made, whatever the server is.
        case invalidRequest
        case nameNotResolved
        case notConnected
        /// The server or we do not trust the other's certificate, or speak no common TLS version.
        case notTrusted
        case timedOut
        /// The connection ended before the answer did.
        case interrupted
        case outOfMemory
        case other
    }

    package let code: Code
    /// The phase or call that failed.
    package let operation: String
    package let reason: String

    package init(_ code: Code, _ operation: String, _ reason: String) {
        self.code = code
        self.operation = operation
        self.reason = reason
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String { "\(operation): \(reason)" }
}
