/// A 48-bit link-layer address.
package struct MACAddress: Hashable, Sendable {
    /// The address as a number: 02:00:00:00:00:01 is 0x0200_0000_0001.
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue & 0xFFFF_FFFF_FFFF }
}
