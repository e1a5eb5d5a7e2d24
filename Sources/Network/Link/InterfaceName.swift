/// A name that a network interface can have.
///
/// The kernel's rule (`dev_valid_name`): 1 to 15 bytes without slash, colon and white space, and
/// not "." or "..". A percent sign is refused too, because the kernel takes "eth%d" for a pattern
/// and any other name with one for an error (`__dev_alloc_name`).
package struct InterfaceName: Hashable, Sendable {
    /// IFNAMSIZ without the terminating zero.
    package static let maximumLength = 15

    package let rawValue: String
}

extension InterfaceName: TextParsable {
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        if text.isEmpty { throw .emptyInterfaceName }
        if text.count > Self.maximumLength { throw .interfaceNameTooLong }
        var dots = 0
        for index in text.indices {
            guard Self.allows(text[index]) else { throw .badInterfaceName }
            if text[index] == Ascii.dot { dots += 1 }
        }
        if dots == text.count, dots <= 2 { throw .badInterfaceName }
        // At most fifteen bytes: the string holds them in place.
        guard let valid = try? UTF8Span(validating: text) else { throw .badInterfaceName }
        rawValue = String(copying: valid)
    }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, Ascii.percent, Ascii.slash, Ascii.colon: false
        // The kernel's isspace(): it reads bytes as Latin-1, where 0xA0 is the no-break space.
        case 0x09...0x0D, 0x20, 0xA0: false
        default: true
        }
    }
}

extension InterfaceName: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension InterfaceName: CustomStringConvertible {
    package var description: String { rawValue }
}
