import Network
import Testing

@Suite struct `CIDR addresses` {
    @Test(arguments: [
        ("10.1.2.3/24", "10.1.2.1-10.1.2.254"), ("10.1.2.3/30", "10.1.2.1-10.1.2.2"),
        ("10.1.2.3/31", "10.1.2.2-10.1.2.3"), ("10.1.2.3/32", "10.1.2.3-10.1.2.3"),
        ("0.0.0.0/0", "0.0.0.1-255.255.255.254"), ("fd00::5/126", "fd00::5-fd00::7"),
        ("fd00::5/127", "fd00::4-fd00::5"), ("fd00::5/128", "fd00::5-fd00::5"),
        ("fd00::/64", "fd00::1-fd00::ffff:ffff:ffff:ffff"),
        ("::/0", "::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ])
    func `hosts are without the ends that have a meaning`(text: String, hosts: String) throws {
        #expect(try #require(CIDR(text)).hosts.description == hosts)
    }

    @Test(
        arguments: [
            ("10.0.0.0/24", 256), ("0.0.0.0/0", 1 << 32), ("10.0.0.1/32", 1),
            ("fd00::/64", 1 << 64),
            ("::/1", 1 << 127), ("::/0", .max),
        ] as [(String, UInt128)])
    func `are counted`(text: String, count: UInt128) throws {
        #expect(try #require(CIDR(text)).count == count)
    }

    @Test(arguments: [
        ("10.1.2.3/24", 0, "10.1.2.0"), ("10.1.2.3/24", 255, "10.1.2.255"),
        ("fd00::/112", 0xFFFF, "fd00::ffff"), ("fd00::/64", Int.max, "fd00::7fff:ffff:ffff:ffff"),
        ("::/0", 1, "::1"),
    ])
    func `have offsets`(text: String, offset: Int, address: String) throws {
        let cidr = try #require(CIDR(text))
        let member = try #require(cidr.address(at: offset))
        #expect(member.description == address)
        #expect(cidr.offset(of: member) == offset)
    }

    @Test func `have no offsets outside`() throws {
        let cidr = try #require(CIDR("10.1.2.0/24"))
        #expect(cidr.address(at: 256) == nil)
        #expect(cidr.address(at: -1) == nil)
        #expect(cidr.offset(of: try #require(IPAddress("10.1.3.0"))) == nil)
        let wide = try #require(CIDR("fd00::/64"))
        #expect(wide.offset(of: wide.last) == nil)
    }
}
