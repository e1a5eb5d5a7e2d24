import Netlink

/// A message without what may differ: order of attributes, marks of nesting, padding.
struct MessageTree: Hashable, Sendable {
    /// Type and flags, the fixed part, then the attributes sorted.
    private(set) var parts: [String] = []

    init(parts: [String]) { self.parts = parts }

    mutating func append(_ attributes: [String]) { parts += attributes }
}

extension MessageTree {
    /// Reads a message by its marks of nesting.
    init(_ message: [UInt8]) throws {
        self.init(parts: [])
        var messages = Messages(message.span)
        guard let header = try messages.next() else { return }
        let size = Self.fixedSize(header.type)
        parts = ["type \(header.type) flags \(header.flags)"]
        parts.append(Self.hex(header.payload.extracting(0..<size)))
        let attributes = header.payload.extracting(size..<header.payload.count)
        parts += try Self.attributes(attributes, in: [Int(header.type)])
    }

    private static func attributes(_ bytes: Span<UInt8>, in path: [Int]) throws -> [String] {
        var parts = [String]()
        var attributes = Attributes(bytes)
        while let attribute = try attributes.next() {
            let path = path + [attribute.type]
            // The mark of nesting is in the two bytes before the content.
            let isNested = bytes[attribute.offset - 1] & 0x80 != 0 && !isOpaque(path)
            guard isNested else {
                parts.append("\(attribute.type)=\(leaf(attribute.bytes, at: path))")
                continue
            }
            let head = isPeer(path) ? 16 : 0
            let content = attribute.bytes.extracting(head..<attribute.bytes.count)
            let inner =
                [hex(attribute.bytes.extracting(0..<head))]
                + (try Self.attributes(content, in: path))
            parts.append(
                "\(attribute.type){\(inner.filter { !$0.isEmpty }.joined(separator: " "))}")
        }
        return parts.sorted()
    }

    /// Lists of next hops have a form of their own inside.
    private static func isOpaque(_ path: [Int]) -> Bool { path == [24, 9] }

    /// VETH_INFO_PEER holds a link's header before its attributes.
    private static func isPeer(_ path: [Int]) -> Bool { path == [16, 18, 2, 1] }

    /// ip leaves out the NUL that ends the name of a link's kind.
    static func leaf(_ bytes: Span<UInt8>, at path: [Int]) -> String {
        let isKind = path == [16, 18, 1] && bytes[bytes.count - 1] == 0
        return hex(bytes.extracting(0..<bytes.count - (isKind ? 1 : 0)))
    }

    private static func fixedSize(_ type: UInt16) -> Int {
        switch type {
        case 16...19: 16
        case 20...23: 8
        case 24...35: 12
        case 36...47: 20
        default: 4
        }
    }

    static func hex(_ bytes: Span<UInt8>) -> String {
        var text = ""
        for index in bytes.indices {
            let digits = String(bytes[index], radix: 16)
            text += digits.count == 1 ? "0" + digits : digits
        }
        return text
    }
}
