extension IPv4Address {
    package static let unspecified = IPv4Address(rawValue: 0)
    package static let loopback = IPv4Address(127, 0, 0, 1)
    package static let broadcast = IPv4Address(rawValue: .max)

    package var isUnspecified: Bool { self == .unspecified }

    /// Whether the address is the limited broadcast address; a network's own is `CIDR.broadcast`.
    package var isBroadcast: Bool { self == .broadcast }

    /// 127.0.0.0/8.
    package var isLoopback: Bool { rawValue >> 24 == 127 }

    /// 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16: RFC 1918.
    package var isPrivate: Bool {
        rawValue >> 24 == 10 || rawValue >> 20 == 0xAC1 || rawValue >> 16 == 0xC0A8
    }

    /// 169.254.0.0/16: RFC 3927.
    package var isLinkLocal: Bool { rawValue >> 16 == 0xA9FE }

    /// 224.0.0.0/4.
    package var isMulticast: Bool { rawValue >> 28 == 0xE }

    /// 224.0.0.0/24, which no router forwards.
    package var isLinkLocalMulticast: Bool { rawValue >> 8 == 0xE0_0000 }
}
