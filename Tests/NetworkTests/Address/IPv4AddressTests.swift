import Network
import Testing

@Suite struct `IPv4 address` {
    @Test func `octets are in the order they are written`() throws {
        let address = IPv4Address(10, 9, 8, 7)
        #expect(address.rawValue == 0x0A09_0807)
        let octets = address.octets
        #expect((0..<4).map { octets[$0] } == [10, 9, 8, 7])
        #expect(IPv4Address(octets: octets) == address)
        #expect(IPv4Address(octets: ([10, 9, 8, 7] as [UInt8]).span) == address)
    }

    @Test(arguments: [0, 3, 5, 16])
    func `another number of octets is none`(count: Int) {
        #expect(IPv4Address(octets: [UInt8](repeating: 1, count: count).span) == nil)
    }

    @Test func `addresses sort by number`() {
        #expect(IPv4Address(9, 255, 255, 255) < IPv4Address(10, 0, 0, 0))
        #expect(IPv4Address(127, 0, 0, 1) < IPv4Address(128, 0, 0, 0))
    }
}
