extension Span<UInt8> {
    /// The name that begins at an offset, written out, and where it ends in place; nil if it is none.
    ///
    /// A pointer leads to before the name it is in (RFC 1035 section 4.1.4), so there is no loop.
    package func name(at offset: Int) -> (name: DomainName, end: Int)? {
        var wire: [UInt8] = []
        var (next, end, limit) = (offset, Int?.none, offset)
        while next < count {
            let length = Int(self[next])
            switch length {
            case 0:
                wire.append(0)
                return (DomainName(unchecked: wire), end ?? next + 1)
            case 1...DomainName.longestLabel:
                // The root's zero is still to come.
                guard next + length < count, wire.count + length + 2 <= DomainName.longestName
                else { return nil }
                for index in next...next + length { wire.append(self[index]) }
                next += 1 + length
            case 0xc0...:
                guard next + 2 <= count else { return nil }
                let target = Int(bigEndian16(at: next) & 0x3fff)
                guard target < limit, target >= headerLength else { return nil }
                end = end ?? next + 2
                (next, limit) = (target, target)
            default: return nil
            }
        }
        return nil
    }

    /// A copy of some octets.
    package func octets(_ range: Range<Int>) -> [UInt8] {
        range.map { self[$0] }
    }

    /// A record's data with the names in it written out; nil if there should be one and is none.
    ///
    /// Only the types of RFC 1035 and a few old ones may have pointers (RFC 3597 section 4).
    package func writtenOut(_ data: Range<Int>, of type: RecordType) -> [UInt8]? {
        guard let layout = NameLayout(type) else { return octets(data) }
        guard data.lowerBound + layout.before <= data.upperBound else { return nil }
        var written = octets(data.lowerBound..<data.lowerBound + layout.before)
        var offset = data.lowerBound + layout.before
        for _ in 0..<layout.names {
            guard let (name, end) = name(at: offset), end <= data.upperBound else { return nil }
            written += name.wire
            offset = end
        }
        guard data.upperBound - offset == layout.after else { return nil }
        return written + octets(offset..<data.upperBound)
    }
}

/// Where names stand in the data of a type.
struct NameLayout {
    /// Octets before the first name.
    let before: Int
    let names: Int
    /// Octets after the last name.
    let after: Int

    /// The layout of a type whose names a message may shorten; nil for all others.
    init?(_ type: RecordType) {
        switch type {
        case .ns, .cname, .ptr, .dname: self.init(before: 0, names: 1, after: 0)
        case .mx: self.init(before: 2, names: 1, after: 0)
        case .srv: self.init(before: 6, names: 1, after: 0)
        // Two names, and five numbers of 32 bits.
        case .soa: self.init(before: 0, names: 2, after: 20)
        default: return nil
        }
    }

    private init(before: Int, names: Int, after: Int) {
        self.before = before
        self.names = names
        self.after = after
    }
}
