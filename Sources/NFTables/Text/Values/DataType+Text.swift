import Netlink
import Network

extension DataType {
    /// What nft calls a number without a meaning of its own.
    static func integer(length: Int, _ byteOrder: ByteOrder) -> DataType {
        DataType(name: "integer", number: 4, length: length, byteOrder: byteOrder)
    }

    static let tcpFlags = DataType(
        name: "tcp_flag", number: 15, length: 1, byteOrder: .network)
    static let conntrackDirection = DataType(
        name: "ct_dir", number: 27, length: 1, byteOrder: .host)
    static let conntrackStatus = DataType(
        name: "ct_status", number: 28, length: 4, byteOrder: .host)
    /// nft's boolean, as words and as a digit.
    static let presence = DataType(name: "boolean", number: 39, length: 4, byteOrder: .host)
    static let flag = DataType(name: "boolean", number: 39, length: 1, byteOrder: .host)
    static let hardwareType = DataType(
        name: "arphrd", number: 21, length: 2, byteOrder: .host)

    /// Whether nft takes a bare value as "any of these bits".
    var isBitmask: Bool { bitNames != nil }

    /// A value as nft writes it.
    func text(_ value: Value) throws(NFTablesError) -> String {
        if self == .interfaceName { return try interfaceName(value) }
        guard value.count == length else { throw .unwritable("a value of the wrong size") }
        if let word = try word(value) { return word }
        switch self {
        case .ipv4Address, .ipv6Address: return try Self.address(value).description
        case .etherAddress: return Self.octets(value)
        case .inetService, .inetProtocol, .icmpType, .icmpv6Type, .interfaceIndex:
            return "\(try number(value))"
        case .mark: return "0x" + Self.hexadecimal(try number(value), digits: 8)
        case .classID: return Self.classID(try number(value))
        default: return "0x" + String(try number(value), radix: 16)
        }
    }

    /// A value where it stands for bits, not for what they mean together.
    ///
    /// nft does not read a class in parentheses, for its colon.
    func bitsText(_ value: Value) throws(NFTablesError) -> String {
        let isText = wordsOfValues == nil && bitNames == nil && self != .classID
        return isText ? try text(value) : "0x" + String(try number(value), radix: 16)
    }

    /// The value's number by the type's byte order.
    func number(_ value: Value) throws(NFTablesError) -> UInt64 {
        guard value.count == length, value.count <= 8, byteOrder != .mixed else {
            throw .unwritable("a value of type \(name)")
        }
        return Self.number(value, byteOrder)
    }

    static func number(_ value: Value, _ byteOrder: ByteOrder) -> UInt64 {
        let network: UInt64 = (0..<value.count).reduce(0) { $0 << 8 | UInt64(value[$1]) }
        guard byteOrder == .host else { return network }
        return UInt64(bigEndian: network << (64 - 8 * UInt64(value.count)))
    }

    static func address(_ value: Value) throws(NFTablesError) -> IPAddress {
        if let bits: UInt32 = value.network() { return .v4(IPv4Address(rawValue: bits)) }
        guard let bits: UInt128 = value.network() else {
            throw .unwritable("an address of \(value.count) bytes")
        }
        let (high, low) = (UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits))
        return .v6(IPv6Address(high: high, low: low))
    }
}

extension DataType {
    /// The kernel compares the whole name, or only its beginning when the value is shorter.
    private func interfaceName(_ value: Value) throws(NFTablesError) -> String {
        let name = String(decoding: value.bytes.copied().prefix { $0 != 0 }, as: UTF8.self)
        let isPrefix = value.count < length
        guard !isPrefix || name.utf8.count == value.count, !name.contains("*") else {
            throw .unwritable("an interface's name")
        }
        return try name.nftQuoted(suffix: isPrefix ? "*" : "")
    }

    private static func octets(_ value: Value) -> String {
        (0..<value.count).map { hexadecimal(UInt64(value[$0]), digits: 2) }.joined(separator: ":")
    }

    /// TC_H_UNSPEC and TC_H_ROOT have words; all others are two numbers of sixteen bits.
    private static func classID(_ number: UInt64) -> String {
        switch number {
        case 0: "none"
        case 0xFFFF_FFFF: "root"
        default: String(number >> 16, radix: 16) + ":" + String(number & 0xFFFF, radix: 16)
        }
    }

    private static func hexadecimal(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
