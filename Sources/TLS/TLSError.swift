import COpenSSL

/// What could not be done with TLS: a code, what was being done, and the cause.
package struct TLSError: Error, Hashable, Sendable {
    package let code: Code
    package let operation: String
    package let cause: String

    package enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// A certificate or key that is none, or the two do not belong together.
        case identity
        /// A certificate of an authority that is none.
        case authority
        /// The name of a server that is none.
        case serverName
        /// The handshake failed: no common version, or a certificate that is not trusted.
        case handshake
        /// OpenSSL lacks memory, or is not what it should be.
        case library
    }

    init(_ code: Code, _ operation: String, cause: String) {
        self.code = code
        self.operation = operation
        self.cause = cause
    }

    /// Takes the oldest of OpenSSL's own errors as the cause.
    init(_ code: Code, _ operation: String) {
        var text = [CChar](repeating: 0, count: 256)
        let number = ERR_get_error()
        unsafe ERR_error_string_n(number, &text, text.count)
        ERR_clear_error()
        let octets = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let cause = String(decoding: octets, as: UTF8.self)
        self.init(code, operation, cause: number == 0 ? "OpenSSL does not say why" : cause)
    }
}

extension TLSError: CustomStringConvertible {
    package var description: String { "cannot \(operation): \(cause)" }
}
