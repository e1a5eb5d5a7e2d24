extension IPv6Address {
    package static let unspecified = IPv6Address(high: 0, low: 0)
    package static let loopback = IPv6Address(high: 0, low: 1)

    package var isUnspecified: Bool { self == .unspecified }

    package var isLoopback: Bool { self == .loopback }

    /// fc00::/7, unique local addresses: RFC 4193.
    package var isPrivate: Bool { high >> 57 == 0xFC >> 1 }

    /// fe80::/10.
    package var isLinkLocal: Bool { high >> 54 == 0xFE80 >> 6 }

    /// ff00::/8.
    package var isMulticast: Bool { high >> 56 == 0xFF }

    /// Multicast of link-local scope, whatever its flags: RFC 4291 section 2.7.
    package var isLinkLocalMulticast: Bool { isMulticast && high >> 48 & 0xF == 2 }
}

extension IPv6Address {
    /// The upper half of the low 64 bits of every address of ::ffff:0:0/96.
    private static let mappedMark: UInt64 = 0xFFFF

    /// The IPv4-mapped address ::ffff:a.b.c.d of an IPv4 address: RFC 4291 section 2.5.5.2.
    package init(mapped address: IPv4Address) {
        self.init(high: 0, low: Self.mappedMark << 32 | UInt64(address.rawValue))
    }

    /// The IPv4 address an IPv4-mapped address stands for.
    package var mappedIPv4: IPv4Address? {
        guard high == 0, low >> 32 == Self.mappedMark else { return nil }
        return IPv4Address(rawValue: UInt32(truncatingIfNeeded: low))
    }
}
