import Network

/// The way from the root of reverse names to an address, in steps that the index has a record for.
///
/// A record of the index holds, in order, the next parts of all addresses below it. IPv4 goes by
/// octets, which are labels; IPv6 by 16 bits, as a record for each label would be 32 an address.
enum ReversePath {
    static func steps(_ family: IPFamily) -> Int { family == .v4 ? 4 : 8 }

    /// How many labels a step covers.
    static func labels(_ family: IPFamily) -> Int { family == .v4 ? 1 : 4 }

    static func part(_ step: Int, of address: IPAddress) -> UInt16 {
        switch address {
        case .v4(let address):
            UInt16(truncatingIfNeeded: address.rawValue >> (24 - 8 * step)) & 0xff
        case .v6(let address): UInt16(truncatingIfNeeded: address.rawValue >> (112 - 16 * step))
        }
    }

    /// Whether one of the parts in a record, two octets each, lies in a range.
    static func contains(_ record: Span<UInt8>, _ range: ClosedRange<UInt16>) -> Bool {
        let first = position(range.lowerBound, in: record)
        return first * 2 < record.count && record.bigEndian16(at: first * 2) <= range.upperBound
    }

    /// Which part of a record is the first that is not less.
    static func position(_ part: UInt16, in record: Span<UInt8>) -> Int {
        var (low, high) = (0, record.count / 2)
        while low < high {
            let middle = (low + high) / 2
            if record.bigEndian16(at: middle * 2) < part { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
