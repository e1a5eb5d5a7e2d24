/// A request that got no answer, or not all of it: what was tried, where, and why it failed.
package struct TransportError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The request or a setting cannot be used, whatever the server is.
        case invalidRequest
        case nameNotResolved
        case notConnected
        /// The proxy could not be reached, or refused.
        case proxyFailed
        /// The server or we do not trust the other's certificate, or speak no common TLS version.
        case notTrusted
        case timedOut
        /// The connection ended before the answer did.
        case interrupted
        /// The server wants us to ask elsewhere, which no API server does.
        case redirected
        /// The answer is not HTTP, or longer than what was asked for may be.
        case badAnswer
        case outOfMemory
        case other
    }

    package let code: Code
    /// The phase and where: "connect to 10.0.0.1:6443".
    package let operation: String
    package let reason: String
    /// What a person can do about it.
    package let remedy: String?

    package init(_ code: Code, _ operation: String, _ reason: String, remedy: String? = nil) {
        self.code = code
        self.operation = operation
        self.reason = reason
        self.remedy = remedy
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String {
        let advice = remedy.map { " (\($0))" } ?? ""
        return "\(operation): \(reason)\(advice)"
    }
}
