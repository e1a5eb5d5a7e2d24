/// An IPv4 address.
package struct IPv4Address: Hashable, Sendable {
    /// The address as a number: 10.0.0.1 is 0x0A00_0001.
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }
}
