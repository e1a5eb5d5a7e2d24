/// An address of either family; every IPv4 address sorts before every IPv6 one.
package enum IPAddress: Hashable, Sendable, Comparable {
    case v4(IPv4Address)
    case v6(IPv6Address)
}

extension IPAddress {
    /// An address from its four or sixteen octets as they are sent.
    package init?(octets: Span<UInt8>) {
        if let address = IPv4Address(octets: octets) {
            self = .v4(address)
        } else if let address = IPv6Address(octets: octets) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
