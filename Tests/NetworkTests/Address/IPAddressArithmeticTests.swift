import Network
import Testing

@Suite struct `IP address arithmetic` {
    @Test(arguments: [
        ("10.0.0.255", 1, "10.0.1.0"), ("10.0.1.0", -1, "10.0.0.255"), ("10.0.0.7", 0, "10.0.0.7"),
        ("0.0.0.0", 0xFFFF_FFFF, "255.255.255.255"), ("::ffff:ffff:ffff:ffff", 1, "0:0:0:1::"),
        ("0:0:0:1::", -1, "::ffff:ffff:ffff:ffff"), ("::", Int.max, "::7fff:ffff:ffff:ffff"),
        ("::8000:0:0:0", Int.min, "::"),
    ])
    func `an offset leads to an address and back`(text: String, offset: Int, end: String) throws {
        let address = try #require(IPAddress(text))
        let moved = try #require(address.advanced(by: offset))
        #expect(moved == IPAddress(end))
        #expect(address.distance(to: moved) == offset)
    }

    @Test(arguments: [
        ("255.255.255.255", 1), ("0.0.0.0", -1), ("::", -1), ("128.0.0.0", Int.max),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1), ("::7fff:ffff:ffff:ffff", Int.min),
    ])
    func `an offset does not leave the family`(text: String, offset: Int) throws {
        #expect(try #require(IPAddress(text)).advanced(by: offset) == nil)
    }

    @Test(arguments: [
        ("10.0.0.1", "::1"), ("::", "0:0:0:1::"), ("::", "ffff::"), ("ffff::", "::"),
        ("::", "8000::"), ("8000::", "::"),
        ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::"),
    ])
    func `a distance that is no Int is none`(from: String, to: String) throws {
        let start = try #require(IPAddress(from))
        #expect(start.distance(to: try #require(IPAddress(to))) == nil)
    }
}
