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

    package var family: IPFamily {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }

    /// The IPv4 address behind an IPv4-mapped one, else the address itself.
    package var unmapped: IPAddress {
        guard case .v6(let address) = self, let inner = address.mappedIPv4 else { return self }
        return .v4(inner)
    }
}

extension IPAddress {
    /// The address as a number in the low bits, so that both families share their arithmetic.
    var bits: UInt128 {
        switch self {
        case .v4(let address): UInt128(address.rawValue)
        case .v6(let address): address.rawValue
        }
    }

    init(_ family: IPFamily, bits: UInt128) {
        switch family {
        case .v4: self = .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: bits)))
        case .v6: self = .v6(IPv6Address(rawValue: bits))
        }
    }
}
