import Network
import Testing

@testable import Platform

struct `A socket address` {
    static let addresses: [SocketAddress] = [
        .ip(.v4(IPv4Address(192, 0, 2, 1)), 53),
        .ip(.v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x0203_0405_0607_0809)), 65535),
        .ip(AddressAndPort(.v6(IPv6Address(high: 0xFE80 << 48, low: 1)), 80), zone: 7),
        .unix(.path("/run/weft.sock")),
        .unix(.path(String(repeating: "p", count: 107))),
        .unix(.abstract("weft")),
        .unix(.unnamed),
    ]

    @Test(arguments: addresses)
    func `survives the form that system calls take`(address: SocketAddress) throws {
        #expect(try RawSocketAddress(address).value == address)
    }

    @Test func `of a Unix socket that is too long or holds NUL is refused`() {
        let long = #expect(throws: PlatformError.self) {
            try RawSocketAddress(.unix(.path(String(repeating: "p", count: 108))))
        }
        #expect(long?.code == .nameTooLong)
        #expect(long?.description.contains("at most 107 bytes") == true)
        #expect(throws: PlatformError.self) { try RawSocketAddress(.unix(.path("a\0b"))) }
    }

    @Test func `of a family nobody knows is none`() {
        #expect(RawSocketAddress().value == nil)
    }
}
