extension AddressRange {
    /// What is left without the addresses of another range: none, one or two ranges, in order.
    package func subtracting(_ other: AddressRange) -> [AddressRange] {
        guard let cut = intersection(other) else { return [self] }
        let below = cut.lower.advanced(by: -1).flatMap { AddressRange(lower, through: $0) }
        let above = cut.upper.advanced(by: 1).flatMap { AddressRange($0, through: upper) }
        return [below, above].compactMap(\.self)
    }
}
