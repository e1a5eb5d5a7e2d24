package import Network

/// The content of nftables registers: up to 64 bytes, as they stand in a packet or a set.
package struct Value: Sendable {
    private var storage: [64 of UInt8]
    private var length: UInt8

    /// NFT_DATA_VALUE_MAXLEN: sixteen registers of four bytes.
    package static let maximumLength = 64
    /// The size of one register; every part of a concatenation fills whole ones.
    package static let registerSize = 4

    package init() {
        storage = .init(repeating: 0)
        length = 0
    }

    package var count: Int { Int(length) }

    package subscript(index: Int) -> UInt8 { storage[index] }

    /// Appends a byte; beyond the maximum the value stays as it is.
    package mutating func append(_ byte: UInt8) {
        guard count < Self.maximumLength else { return }
        storage[count] = byte
        length += 1
    }

    /// Fills the last register up, as the parts of a concatenation must.
    package mutating func pad() {
        while count % Self.registerSize != 0 { append(0) }
    }

    package var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get { storage.span.extracting(first: count) }
    }
}

extension Value: Hashable {
    package static func == (left: Value, right: Value) -> Bool {
        guard left.length == right.length else { return false }
        for index in 0..<left.count where left.storage[index] != right.storage[index] {
            return false
        }
        return true
    }

    package func hash(into hasher: inout Hasher) {
        // Eight bytes at a time: hashing is paid by the word.
        var word: UInt64 = 0
        for index in 0..<count {
            word = word << 8 | UInt64(storage[index])
            if index % 8 == 7 { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(length)
    }
}

extension Value: Comparable {
    /// Orders as numbers in network byte order do.
    package static func < (left: Value, right: Value) -> Bool {
        for index in 0..<min(left.count, right.count)
        where left.storage[index] != right.storage[index] {
            return left.storage[index] < right.storage[index]
        }
        return left.count < right.count
    }
}

extension Value {
    package init(bytes: Span<UInt8>) {
        self.init()
        for index in bytes.indices { append(bytes[index]) }
    }

    package init(_ bytes: [UInt8]) { self.init(bytes: bytes.span) }

    /// A number in network byte order: ports, protocols, lengths.
    @inlinable
    package init(network number: some FixedWidthInteger) {
        self.init()
        append(UInt64(truncatingIfNeeded: number), bytes: number.bitWidth / 8)
    }

    /// A number in the host's byte order: marks, interface indexes, states.
    @inlinable
    package init(host number: some FixedWidthInteger) {
        self.init(network: number.bigEndian)
    }

    /// Appends the last bytes of a number, in network byte order.
    package mutating func append(_ number: UInt64, bytes: Int) {
        for index in (0..<bytes).reversed() {
            append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))))
        }
    }

    /// The value as a number in the host's byte order; of the wrong size it is nil.
    package func host<Number: FixedWidthInteger>(as _: Number.Type = Number.self) -> Number? {
        network().map { (number: Number) in Number(bigEndian: number) }
    }

    /// The value as a number in network byte order; of the wrong size it is nil.
    package func network<Number: FixedWidthInteger>(as _: Number.Type = Number.self) -> Number? {
        guard count == Number.bitWidth / 8 else { return nil }
        return (0..<count).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: self[$1]) }
    }

    package init(_ address: IPv4Address) { self.init(network: address.rawValue) }

    package init(_ address: IPv6Address) {
        self.init(network: address.high)
        append(address.low, bytes: 8)
    }

    package init(_ address: IPAddress) {
        switch address {
        case .v4(let address): self.init(address)
        case .v6(let address): self.init(address)
        }
    }

    /// An interface's whole name, or only its beginning for names that match a prefix.
    package init(interface name: String, isPrefix: Bool = false) {
        self.init()
        for byte in name.utf8 { append(byte) }
        while !isPrefix, count < Self.interfaceNameLength { append(0) }
    }

    /// IFNAMSIZ.
    package static let interfaceNameLength = 16

    /// Two values in consecutive registers, each padded to whole ones.
    package init(concatenating first: Value, _ second: Value) {
        self.init()
        append(padded: first)
        append(padded: second)
    }

    package init(concatenating first: Value, _ second: Value, _ third: Value) {
        self.init(concatenating: first, second)
        append(padded: third)
    }

    package init(concatenating first: Value, _ second: Value, _ third: Value, _ fourth: Value) {
        self.init(concatenating: first, second, third)
        append(padded: fourth)
    }

    /// Appends another part of a concatenation.
    package mutating func append(padded part: Value) {
        for index in 0..<part.count { append(part[index]) }
        pad()
    }
}

extension Value: CustomStringConvertible {
    /// Hexadecimal, a blank between registers.
    package var description: String {
        var text = "0x"
        for index in 0..<count {
            if index > 0, index % Self.registerSize == 0 { text += " " }
            text += Self.hexadecimal(self[index] >> 4) + Self.hexadecimal(self[index] & 0xF)
        }
        return text
    }

    private static func hexadecimal(_ digit: UInt8) -> String {
        String(digit, radix: 16)
    }
}
