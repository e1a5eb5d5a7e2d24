/// What kind of address it is; an IPv4-mapped address is of the kind it stands for.
extension IPAddress {
    package var isUnspecified: Bool { holds(\.isUnspecified, \.isUnspecified) }
    package var isLoopback: Bool { holds(\.isLoopback, \.isLoopback) }
    package var isPrivate: Bool { holds(\.isPrivate, \.isPrivate) }
    package var isLinkLocal: Bool { holds(\.isLinkLocal, \.isLinkLocal) }
    package var isMulticast: Bool { holds(\.isMulticast, \.isMulticast) }

    package var isLinkLocalMulticast: Bool {
        holds(\.isLinkLocalMulticast, \.isLinkLocalMulticast)
    }

    @inline(__always)
    private func holds(_ v4: (IPv4Address) -> Bool, _ v6: (IPv6Address) -> Bool) -> Bool {
        switch unmapped {
        case .v4(let address): v4(address)
        case .v6(let address): v6(address)
        }
    }
}
