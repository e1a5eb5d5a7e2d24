package import Network

/// Ranges of one family, of which each attachment gets one address.
package struct RangeSet: Hashable, Sendable {
    package let ranges: [LeaseRange]
}

extension RangeSet {
    package var family: IPFamily? { ranges.first?.subnet.family }

    /// How many addresses it can give; a number too large to count is the largest.
    package var capacity: UInt128 {
        ranges.lazy.flatMap(\.assignable).reduce(0) { sum, range in
            let (total, overflow) = sum.addingReportingOverflow(range.count)
            return overflow ? .max : total
        }
    }

    /// The range that an address lies in, given to containers or not.
    package func range(of address: IPAddress) -> LeaseRange? {
        ranges.first { $0.bounds.contains(address) }
    }

    package func assigns(_ address: IPAddress) -> Bool {
        ranges.contains { $0.assigns(address) }
    }

    /// The address to try after another one, in the order of the ranges; nil after the last.
    ///
    /// An address of none of the ranges, or none at all, stands before all of them.
    func address(after last: IPAddress?) -> IPAddress? {
        guard let last, let place = ranges.firstIndex(where: { $0.bounds.contains(last) }) else {
            return ranges.lazy.compactMap { $0.first() }.first
        }
        return ranges[place].first(after: last)
            ?? ranges[(place + 1)...].lazy.compactMap { $0.first() }.first
    }

    /// All that it can give, made as they are asked for.
    package var addresses: some Sequence<IPAddress> {
        sequence(state: nil as IPAddress?) { last in
            guard let next = address(after: last) else { return nil }
            last = next
            return next
        }
    }
}

extension RangeSet: CustomStringConvertible {
    package var description: String {
        ranges.map(\.bounds.description).joined(separator: ", ")
    }
}
