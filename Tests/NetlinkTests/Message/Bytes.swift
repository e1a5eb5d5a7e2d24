import Netlink

/// A netlink message made by hand, with every field as wrong as a test wants it.
struct Bytes {
    static let header = 16

    static func message(
        _ type: UInt16, flags: UInt16 = 0, sequence: UInt32 = 1, port: UInt32 = 7,
        length: UInt32? = nil, _ payload: [UInt8] = []
    ) -> [UInt8] {
        little(length ?? UInt32(header + payload.count)) + little(type) + little(flags)
            + little(sequence) + little(port) + payload + padding(payload.count)
    }

    static func attribute(_ type: UInt16, length: UInt16? = nil, _ content: [UInt8]) -> [UInt8] {
        little(length ?? UInt16(4 + content.count)) + little(type) + content
            + padding(content.count)
    }

    /// A number as this machine writes it.
    static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
    }

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    private static func padding(_ count: Int) -> [UInt8] {
        Array(repeating: 0, count: (4 - count % 4) % 4)
    }
}
