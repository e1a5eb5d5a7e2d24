/// What the bytes of a set's key or data mean, by nft's names and numbers.
///
/// The kernel stores the number and never looks at it; nft reads it to print the set.
package struct DataType: Hashable, Sendable {
    package let name: String
    let number: UInt32
    /// Bytes of one value, before padding.
    package let length: Int
    let byteOrder: ByteOrder

    /// nft's byte orders, as it stores them in a set's user data.
    enum ByteOrder: UInt32 {
        case mixed = 0
        case host = 1
        case network = 2
    }
}

extension DataType {
    package static let nfProtocol = DataType(
        name: "nf_proto", number: 2, length: 1, byteOrder: .host)
    package static let ipv4Address = DataType(
        name: "ipv4_addr", number: 7, length: 4, byteOrder: .network)
    package static let ipv6Address = DataType(
        name: "ipv6_addr", number: 8, length: 16, byteOrder: .network)
    package static let etherAddress = DataType(
        name: "ether_addr", number: 9, length: 6, byteOrder: .network)
    package static let etherType = DataType(
        name: "ether_type", number: 10, length: 2, byteOrder: .network)
    package static let inetProtocol = DataType(
        name: "inet_proto", number: 12, length: 1, byteOrder: .network)
    package static let inetService = DataType(
        name: "inet_service", number: 13, length: 2, byteOrder: .network)
    package static let icmpType = DataType(
        name: "icmp_type", number: 14, length: 1, byteOrder: .network)
    package static let mark = DataType(name: "mark", number: 19, length: 4, byteOrder: .host)
    package static let interfaceIndex = DataType(
        name: "iface_index", number: 20, length: 4, byteOrder: .host)
    /// A traffic class, `major:minor` in nft's print: the type of `meta priority`.
    package static let classID = DataType(
        name: "classid", number: 23, length: 4, byteOrder: .host)
    package static let conntrackState = DataType(
        name: "ct_state", number: 26, length: 4, byteOrder: .host)
    package static let icmpv6Type = DataType(
        name: "icmpv6_type", number: 29, length: 1, byteOrder: .network)
    package static let packetType = DataType(
        name: "pkt_type", number: 31, length: 1, byteOrder: .host)
    package static let addressKind = DataType(
        name: "fib_addrtype", number: 38, length: 4, byteOrder: .host)
    package static let interfaceName = DataType(
        name: "ifname", number: 41, length: 16, byteOrder: .host)

    static let known: [DataType] = [
        nfProtocol, ipv4Address, ipv6Address, etherAddress, etherType, inetProtocol, inetService,
        icmpType, mark, interfaceIndex, classID, conntrackState, icmpv6Type, packetType,
        addressKind, interfaceName,
    ]
}

/// The type of a set's key or data: one data type, or several in a row (a concatenation).
package struct ValueType: Hashable, Sendable, ExpressibleByArrayLiteral {
    package let parts: [DataType]

    package init(_ parts: [DataType]) { self.parts = parts }
    package init(arrayLiteral parts: DataType...) { self.init(parts) }

    package var isConcatenation: Bool { parts.count > 1 }

    /// Bytes of one value; in a concatenation each part fills whole registers.
    package var length: Int {
        guard isConcatenation else { return parts.first?.length ?? 0 }
        return partLengths.reduce(0, +)
    }

    /// The bytes each part takes in a concatenation.
    var partLengths: [Int] {
        parts.map { ($0.length + Value.registerSize - 1) & ~(Value.registerSize - 1) }
    }
}

extension ValueType {
    /// nft packs the parts' numbers into six bits each, the first part uppermost.
    private static let bitsPerPart: UInt32 = 6

    var number: UInt32 { parts.reduce(0) { $0 << Self.bitsPerPart | $1.number } }

    var byteOrder: DataType.ByteOrder {
        isConcatenation ? .mixed : parts.first?.byteOrder ?? .mixed
    }

    /// The type nft means by a number; a part we do not know keeps its number and the length left.
    init(number: UInt32, length: Int) {
        let mask = (1 << Self.bitsPerPart) - 1 as UInt32
        var rest = number
        var parts = [DataType]()
        while rest != 0 {
            let part = rest & mask
            parts.insert(DataType.known.first { $0.number == part } ?? .unknown(part), at: 0)
            rest >>= Self.bitsPerPart
        }
        self.init(parts.isEmpty ? [.unknown(0, length: length)] : parts)
    }
}

extension DataType {
    fileprivate static func unknown(_ number: UInt32, length: Int = 4) -> DataType {
        DataType(name: "type \(number)", number: number, length: length, byteOrder: .mixed)
    }
}

extension ValueType: CustomStringConvertible {
    package var description: String { parts.map(\.name).joined(separator: " . ") }
}
