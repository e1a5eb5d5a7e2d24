/// The order in which the bytes of a number are sent.
package enum ByteOrder: Hashable, Sendable {
    case big
    case little

    /// What the kernel uses in netlink messages.
    package static let host: ByteOrder = UInt16(1).bigEndian == 1 ? .big : .little
}

extension ByteOrder {
    /// How far the byte at an index of a number is shifted.
    func shift(of index: Int, in width: Int) -> Int {
        switch self {
        case .big: 8 * (width - 1 - index)
        case .little: 8 * index
        }
    }
}
