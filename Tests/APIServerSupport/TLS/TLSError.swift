import COpenSSL

/// What OpenSSL refused to do.
package struct TLSError: Error, CustomStringConvertible {
    package let description: String

    /// Takes the oldest of OpenSSL's own errors.
    init(_ operation: String) {
        var text = [CChar](repeating: 0, count: 256)
        let code = ERR_get_error()
        unsafe ERR_error_string_n(code, &text, text.count)
        let words = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        description = "\(operation): \(String(decoding: words, as: UTF8.self))"
        ERR_clear_error()
    }
}
