/// Who made an address: a mark by which a program knows its own.
///
/// Kernels before Linux 5.18 ignore it, and tell of none.
package struct AddressOrigin: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let unspecified = AddressOrigin(rawValue: 0)
    /// The number that Weft's routes have.
    package static let weft = AddressOrigin(rawValue: RouteProtocol.weft.rawValue)
}
