/// Bytes that cannot be read or written: what is wrong, and where.
package struct WireError: Error, Hashable, Sendable {
    package let code: Code
    /// Counted from the beginning of the whole message, also in a reader of a part of it.
    package let offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension WireError {
    package enum Code: Hashable, Sendable {
        /// Fewer bytes are left than a field has.
        case truncated
        /// Bytes are left where the end was expected.
        case trailingBytes
        /// A position outside the message.
        case outOfBounds
        /// What is written does not fit into the buffer or its limit.
        case full
        /// What a length field counts is more than its width can say.
        case tooLong
    }
}

extension WireError: CustomStringConvertible {
    package var description: String {
        switch code {
        case .truncated: "the message ends within the field at byte \(offset)"
        case .trailingBytes: "the message goes on after its end at byte \(offset)"
        case .outOfBounds: "byte \(offset) is outside the message"
        case .full: "no room is left at byte \(offset)"
        case .tooLong: "what follows byte \(offset) is too long for its length field"
        }
    }
}
