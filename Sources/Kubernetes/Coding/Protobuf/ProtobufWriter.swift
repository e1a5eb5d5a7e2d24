/// Protobuf's wire format, as far as Kubernetes uses it.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Three bits of a tag say how the value is written.
    private static let varintType: UInt64 = 0
    private static let bytesType: UInt64 = 2

    package mutating func number(_ field: UInt32, _ value: UInt64) {
        varint(UInt64(field) << 3 | Self.varintType)
        varint(value)
    }

    package mutating func text(_ field: UInt32, _ text: String) {
        content(field, count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func content(_ field: UInt32, _ content: [UInt8]) {
        self.content(field, count: content.count)
        bytes.append(contentsOf: content)
    }

    private mutating func content(_ field: UInt32, count: Int) {
        varint(UInt64(field) << 3 | Self.bytesType)
        varint(UInt64(count))
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
