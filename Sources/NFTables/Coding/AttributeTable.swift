import Netlink

/// The attributes of one nesting level, reachable by number.
///
/// nf_tables numbers its attributes below 32 on every level; newer ones than that are ignored.
struct AttributeTable: ~Escapable {
    private let bytes: Span<UInt8>
    private var ranges = InlineArray<32, Place>(repeating: Place())

    private struct Place {
        var offset: UInt32 = 0
        var count: UInt32 = 0
        var isPresent = false
    }

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) throws(NetlinkError) {
        self.bytes = bytes
        var attributes = Attributes(bytes)
        while let attribute = try attributes.next() {
            guard attribute.type < ranges.count else { continue }
            ranges[attribute.type] = Place(
                offset: UInt32(truncatingIfNeeded: attribute.offset),
                count: UInt32(truncatingIfNeeded: attribute.bytes.count), isPresent: true)
        }
    }

    /// The content of an attribute, or nil when it is absent.
    @_lifetime(copy self)
    func bytes(_ type: some RawRepresentable<UInt32>) -> Span<UInt8>? {
        guard type.rawValue < ranges.count else { return nil }
        let place = ranges[Int(type.rawValue)]
        guard place.isPresent else { return nil }
        return bytes.extracting(Int(place.offset)..<Int(place.offset + place.count))
    }

    /// The table of the attributes inside an attribute, or nil when it is absent.
    @_lifetime(copy self)
    func table(
        _ type: some RawRepresentable<UInt32>
    ) throws(NetlinkError) -> AttributeTable? {
        guard let content = bytes(type) else { return nil }
        return try AttributeTable(content)
    }

    func has(_ type: some RawRepresentable<UInt32>) -> Bool { bytes(type) != nil }
}

extension AttributeTable {
    /// A number in network byte order, or nil when the attribute is absent.
    func number<Number: FixedWidthInteger>(
        _ type: some RawRepresentable<UInt32>, as _: Number.Type = Number.self
    ) throws(NetlinkError) -> Number? {
        guard let content = bytes(type) else { return nil }
        return try Attribute(type: UInt16(truncatingIfNeeded: type.rawValue), bytes: content)
            .network()
    }

    /// A number that must be there.
    func require<Number: FixedWidthInteger>(
        _ type: some RawRepresentable<UInt32>, as _: Number.Type = Number.self
    ) throws(NetlinkError) -> Number {
        guard let number = try number(type, as: Number.self) else { throw Self.missing(type) }
        return number
    }

    func string(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> String? {
        guard let content = bytes(type) else { return nil }
        return try Attribute(type: UInt16(truncatingIfNeeded: type.rawValue), bytes: content)
            .string()
    }

    func requireString(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> String {
        guard let string = try string(type) else { throw Self.missing(type) }
        return string
    }

    /// A register, or nil when the attribute is absent.
    func register(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> Register? {
        guard let number: UInt32 = try number(type) else { return nil }
        guard let register = Register(number: number) else {
            throw NetlinkError(
                .malformed, "read register", text: "number \(number) is no register")
        }
        return register
    }

    func requireRegister(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> Register {
        guard let register = try register(type) else { throw Self.missing(type) }
        return register
    }

    /// A value inside its NFTA_DATA_VALUE wrapping, or nil when the attribute is absent.
    func value(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> Value? {
        guard let data = try table(type) else { return nil }
        return try data.value
    }

    func requireValue(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> Value {
        guard let value = try value(type) else { throw Self.missing(type) }
        return value
    }

    static func missing(_ type: some RawRepresentable<UInt32>) -> NetlinkError {
        NetlinkError(.malformed, "read nftables object", text: "\(type) is missing")
    }
}
