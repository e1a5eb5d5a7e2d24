import Network
import Testing

@Suite struct `IPv6 address` {
    private let address = IPv6Address(high: 0x0001_0203_0405_0607, low: 0x0809_0A0B_0C0D_0E0F)

    @Test func `octets are in the order they are sent`() {
        let octets = address.octets
        #expect((0..<16).map { octets[$0] } == Array(0...15))
        #expect(IPv6Address(octets: octets) == address)
        #expect(IPv6Address(octets: (Array(0...15) as [UInt8]).span) == address)
    }

    @Test(arguments: [0, 4, 15, 17])
    func `another number of octets is none`(count: Int) {
        #expect(IPv6Address(octets: [UInt8](repeating: 1, count: count).span) == nil)
    }

    @Test func `is one number too`() {
        #expect(address.rawValue == 0x0001_0203_0405_0607_0809_0A0B_0C0D_0E0F)
        #expect(IPv6Address(rawValue: address.rawValue) == address)
    }

    @Test func `addresses sort by number`() {
        #expect(IPv6Address(high: 1, low: .max) < IPv6Address(high: 2, low: 0))
        #expect(IPv6Address(high: 1, low: 1) < IPv6Address(high: 1, low: 1 << 63))
        #expect(!(IPv6Address(high: 2, low: 0) < IPv6Address(high: 1, low: .max)))
    }

    @Test func `an IPv4-mapped address stands for an IPv4 one`() {
        let mapped = IPv6Address(mapped: IPv4Address(1, 2, 3, 4))
        #expect(mapped.description == "::ffff:1.2.3.4")
        #expect(mapped.mappedIPv4 == IPv4Address(1, 2, 3, 4))
        #expect(IPAddress.v6(mapped).unmapped == .v4(IPv4Address(1, 2, 3, 4)))
    }

    @Test(arguments: ["::1.2.3.4", "::fffe:1.2.3.4", "1::ffff:1.2.3.4", "::ffff:0:1.2.3.4"])
    func `other addresses are not mapped`(text: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.mappedIPv4 == nil)
        #expect(IPAddress.v6(address).unmapped == .v6(address))
    }
}
