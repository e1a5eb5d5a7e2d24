/// An IPv6 address.
package struct IPv6Address: Hashable, Sendable {
    /// The first eight bytes as a number.
    package let high: UInt64
    /// The last eight bytes as a number.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
