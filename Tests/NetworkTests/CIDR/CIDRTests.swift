import Network
import Testing

@Suite struct `CIDR values` {
    @Test(arguments: [
        ("10.1.2.3/24", "10.1.2.0/24", "255.255.255.0", "10.1.2.255"),
        ("10.1.2.3/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
        ("10.1.2.3/32", "10.1.2.3/32", "255.255.255.255", "10.1.2.3"),
        ("10.1.2.3/31", "10.1.2.2/31", "255.255.255.254", "10.1.2.3"),
        ("fd00::1:2/112", "fd00::1:0/112", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:0", "fd00::1:ffff"),
        ("fd00::1/64", "fd00::/64", "ffff:ffff:ffff:ffff::", "fd00::ffff:ffff:ffff:ffff"),
        ("fd00::1/0", "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ])
    func `has a network, a mask and ends`(text: String, network: String, mask: String, last: String)
        throws
    {
        let cidr = try #require(CIDR(text))
        #expect(cidr.network == CIDR(network))
        #expect(cidr.network.isNetwork)
        #expect(cidr.isNetwork == (text == network))
        #expect(cidr.netmask == IPAddress(mask))
        #expect(cidr.first == cidr.network.address)
        #expect(cidr.last == IPAddress(last))
        #expect(CIDR(cidr.address, netmask: cidr.netmask) == cidr)
    }

    @Test(arguments: [
        ("10.0.0.1", "255.0.255.0"), ("10.0.0.1", "0.0.0.255"), ("10.0.0.1", "ffff::"),
        ("::1", "255.255.255.0"), ("::1", "ffff:0:ffff::"),
    ])
    func `a mask with holes or of the other family is none`(address: String, mask: String) throws {
        let cidr = CIDR(
            try #require(IPAddress(address)), netmask: try #require(IPAddress(mask)))
        #expect(cidr == nil)
    }

    @Test func `a prefix is no longer than an address`() throws {
        let address = try #require(IPAddress("10.0.0.1"))
        #expect(CIDR(address, prefixLength: 33) == nil)
        #expect(CIDR(address, prefixLength: 32) == CIDR(address))
        #expect(CIDR(.v6(.loopback), prefixLength: 129) == nil)
        #expect(CIDR(.v6(.loopback)) == CIDR("::1/128"))
    }

    @Test(arguments: [
        ("10.1.2.3/24", "10.1.2.255"), ("10.1.2.3/30", "10.1.2.3"), ("10.1.2.3/31", nil),
        ("10.1.2.3/32", nil), ("fd00::/64", nil), ("0.0.0.0/0", "255.255.255.255"),
    ])
    func `IPv4 networks of more than two have a broadcast address`(text: String, last: String?)
        throws
    {
        #expect(try #require(CIDR(text)).broadcast?.description == last)
    }

    @Test func `sorts by address, a network before those in it`() {
        let texts = ["::/0", "10.0.0.0/16", "10.0.0.0/8", "9.0.0.0/8", "10.0.1.0/24"]
        let sorted = texts.compactMap { CIDR($0) }.sorted().map(\.description)
        #expect(sorted == ["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24", "::/0"])
    }
}
