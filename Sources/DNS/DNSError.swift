/// What went wrong in serving or reading DNS: a code, what was being done, and the cause.
package struct DNSError: Error, Hashable, Sendable {
    package let code: Code
    package let operation: String
    package let cause: String

    package init(_ code: Code, _ operation: String, _ cause: String) {
        self.code = code
        self.operation = operation
        self.cause = cause
    }
}

extension DNSError {
    package enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// A name that cannot be one.
        case badName
        /// A message that does not keep to RFC 1035.
        case badMessage
        /// A record or a zone file that does not mean anything.
        case badRecord
        /// A configuration that is refused.
        case configuration
        /// A socket that could not be opened or used.
        case socket
        /// A server that did not answer as it should.
        case upstream
        /// Something of the machine's own network that could not be set up.
        case node
    }
}

extension DNSError: CustomStringConvertible {
    package var description: String { "cannot \(operation): \(cause)" }
}
