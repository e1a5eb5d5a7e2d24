import Network
import Testing

@Suite struct `CIDR containment` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false), ("10.1.2.3/24", "10.1.2.99", true),
        ("10.1.2.3/32", "10.1.2.3", true), ("10.1.2.3/32", "10.1.2.2", false),
        ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false),
        ("::/0", "0.0.0.0", false),
        ("::/0", "ffff::1", true), ("fd00::/63", "fd00:0:0:1::1", true),
        ("fd00::/64", "fd00:0:0:1::1", false), ("fd00::/65", "fd00::8000:0:0:0", false),
        ("::/96", "10.0.0.1", false),
    ])
    func `of an address`(text: String, address: String, isInside: Bool) throws {
        let cidr = try #require(CIDR(text))
        #expect(cidr.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.0.0/16", true, true), ("10.1.0.0/16", "10.0.0.0/8", false, true),
        ("10.0.0.0/16", "10.0.0.0/8", false, true), ("10.0.0.0/8", "10.9.9.9/8", true, true),
        ("10.0.0.0/9", "10.128.0.0/9", false, false),
        ("0.0.0.0/0", "10.0.0.0/8", true, true), ("::/0", "10.0.0.0/8", false, false),
        ("fd00::/16", "fd00:1::/32", true, true), ("fd00::/16", "fd01::/16", false, false),
    ])
    func `of a network`(text: String, other: String, contains: Bool, overlaps: Bool) throws {
        let cidr = try #require(CIDR(text))
        let second = try #require(CIDR(other))
        #expect(cidr.contains(second) == contains)
        #expect(cidr.overlaps(second) == overlaps)
        #expect(second.overlaps(cidr) == overlaps)
    }
}
