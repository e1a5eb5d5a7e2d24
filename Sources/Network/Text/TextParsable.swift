/// A value with a text form that is parsed from strings or bytes without allocating.
package protocol TextParsable: Sendable {
    /// Parses the whole text; what is wrong is thrown as a bare code, for callers that add context.
    init(parsing text: Span<UInt8>) throws(NetworkError.Code)

    /// Throws when the value can be written but Kubernetes refuses it in a new object.
    func validate() throws(NetworkError.Code)
}

extension TextParsable {
    package func validate() throws(NetworkError.Code) {}

    /// Parses text of configuration: what Kubernetes refuses is refused, and the error says why.
    package init(validating text: String) throws(NetworkError) {
        do throws(NetworkError.Code) {
            try self.init(parsing: text.utf8.span)
            try validate()
        } catch {
            throw NetworkError(error, text)
        }
    }

    @inlinable
    package init?(_ text: String) {
        self.init(utf8: text.utf8.span)
    }

    @inlinable
    package init?(_ text: Substring) {
        self.init(utf8: text.utf8.span)
    }

    /// Parses text that is still bytes.
    @inlinable
    package init?(utf8 text: Span<UInt8>) {
        do throws(NetworkError.Code) { try self.init(parsing: text) } catch { return nil }
    }
}
