import Network
import Testing

@Suite struct `IP address classification` {
    private static let kinds: [String: @Sendable (IPAddress) -> Bool] = [
        "unspecified": \.isUnspecified, "loopback": \.isLoopback, "private": \.isPrivate,
        "link-local": \.isLinkLocal, "multicast": \.isMulticast,
        "link-local multicast": \.isLinkLocalMulticast,
    ]

    @Test(arguments: [
        ("0.0.0.0", ["unspecified"]), ("0.0.0.1", []), ("126.255.255.255", []),
        ("127.0.0.0", ["loopback"]), ("127.255.255.255", ["loopback"]), ("128.0.0.0", []),
        ("9.255.255.255", []), ("10.0.0.0", ["private"]), ("10.255.255.255", ["private"]),
        ("11.0.0.0", []), ("172.15.255.255", []), ("172.16.0.0", ["private"]),
        ("172.31.255.255", ["private"]), ("172.32.0.0", []), ("192.167.255.255", []),
        ("192.168.0.0", ["private"]), ("192.168.255.255", ["private"]), ("192.169.0.0", []),
        ("169.253.255.255", []), ("169.254.0.0", ["link-local"]),
        ("169.254.255.255", ["link-local"]), ("169.255.0.0", []), ("223.255.255.255", []),
        ("224.0.0.0", ["multicast", "link-local multicast"]),
        ("224.0.0.255", ["multicast", "link-local multicast"]), ("224.0.1.0", ["multicast"]),
        ("239.255.255.255", ["multicast"]), ("240.0.0.0", []), ("255.255.255.255", []),
    ])
    func `of IPv4`(text: String, expected: [String]) throws {
        try expect(text, isOfKinds: expected)
        // The IPv4-mapped form must not slip past a check for, say, loopback.
        try expect("::ffff:\(text)", isOfKinds: expected)
    }

    @Test(arguments: [
        ("::", ["unspecified"]), ("::1", ["loopback"]), ("::2", []), ("1::1", []),
        ("fbff:ffff::", []), ("fc00::", ["private"]), ("fdff:ffff::1", ["private"]), ("fe00::", []),
        ("fe7f:ffff::", []), ("fe80::", ["link-local"]), ("febf:ffff::1", ["link-local"]),
        ("fec0::", []), ("feff::", []), ("ff00::", ["multicast"]), ("ff01::1", ["multicast"]),
        ("ff02::1", ["multicast", "link-local multicast"]),
        ("ff12::1", ["multicast", "link-local multicast"]), ("ff05::2", ["multicast"]),
        ("2001:db8::1", []), ("::127.0.0.1", []), ("7f00::", []),
    ])
    func `of IPv6`(text: String, expected: [String]) throws {
        try expect(text, isOfKinds: expected)
    }

    private func expect(_ text: String, isOfKinds expected: [String]) throws {
        let address = try #require(IPAddress(text))
        let kinds = Self.kinds.filter { $0.value(address) }.keys
        #expect(kinds.sorted() == expected.sorted(), "\(text)")
    }

    @Test func `only one address is the limited broadcast address`() {
        #expect(IPv4Address.broadcast.isBroadcast)
        #expect(!IPv4Address(255, 255, 255, 254).isBroadcast)
    }
}
