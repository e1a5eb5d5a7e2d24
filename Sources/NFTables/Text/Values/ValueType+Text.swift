import Network

extension ValueType {
    /// A value, its parts joined as nft joins them.
    func text(_ value: Value) throws(NFTablesError) -> String {
        guard isConcatenation else { return try part(0).text(value) }
        return try joined(value) { (type, part) throws(NFTablesError) in try type.text(part) }
    }

    /// All values between two, part by part.
    func text(from lower: Value, through upper: Value) throws(NFTablesError) -> String {
        guard isConcatenation else { return try part(0).text(from: lower, through: upper) }
        let uppers = try split(upper)
        var index = 0
        return try joined(lower) { (type, part) throws(NFTablesError) in
            defer { index += 1 }
            return try type.text(from: part, through: uppers[index])
        }
    }

    private func part(_ index: Int) throws(NFTablesError) -> DataType {
        guard index < parts.count else { throw .unwritable("a type without parts") }
        return parts[index]
    }

    private func joined(
        _ value: Value, _ text: (DataType, Value) throws(NFTablesError) -> String
    ) throws(NFTablesError) -> String {
        var texts = [String]()
        for (type, part) in zip(parts, try split(value)) { texts.append(try text(type, part)) }
        return texts.joined(separator: " . ")
    }

    /// The parts' own bytes, without what fills their registers up.
    private func split(_ value: Value) throws(NFTablesError) -> [Value] {
        guard value.count == length else { throw .unwritable("a value of the wrong size") }
        var offset = 0
        return zip(parts, partLengths).map { type, length in
            defer { offset += length }
            return value.slice(offset, length: type.length)
        }
    }
}

extension DataType {
    /// A range as nft writes it: one value, a network, or both ends.
    func text(from lower: Value, through upper: Value) throws(NFTablesError) -> String {
        if lower == upper { return try text(lower) }
        // nft keeps the ends of what is in the host's order in the other one, to compare bytes.
        guard byteOrder == .network else { throw .unwritable("an interval of type \(name)") }
        if self == .ipv4Address || self == .ipv6Address {
            let (first, last) = (try Self.address(lower), try Self.address(upper))
            guard let range = AddressRange(first, through: last) else {
                throw .unwritable("an interval that ends before it begins")
            }
            var networks = range.networks
            if let network = networks.next(), networks.next() == nil { return "\(network)" }
        }
        return "\(try text(lower))-\(try text(upper))"
    }
}

extension Value {
    func slice(_ offset: Int, length: Int) -> Value {
        Value(bytes: bytes.extracting(offset..<offset + length))
    }

    var isZero: Bool { (0..<count).allSatisfy { self[$0] == 0 } }
    var isAllOnes: Bool { (0..<count).allSatisfy { self[$0] == 0xFF } }
}
