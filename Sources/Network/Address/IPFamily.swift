/// The two families of IP addresses.
package enum IPFamily: Hashable, Sendable, CaseIterable, Comparable {
    case v4
    case v6
}

extension IPFamily {
    /// How many bits an address of the family has.
    package var bitWidth: UInt8 {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The family of a Kubernetes name, "IPv4" or "IPv6".
    package init?(_ name: String) {
        switch name {
        case "IPv4": self = .v4
        case "IPv6": self = .v6
        default: return nil
        }
    }
}

extension IPFamily: CustomStringConvertible {
    /// The family's name in Kubernetes objects.
    package var description: String {
        switch self {
        case .v4: "IPv4"
        case .v6: "IPv6"
        }
    }
}
