import CAllocations
import Network
import Testing

/// Addresses are keys of every table; taking memory for them would be felt.
@Suite struct `Memory` {
    private static let texts = [
        "10.9.8.7", "255.255.255.255", "2001:db8:1111:2222:3333:4444:5555:6666",
        "::ffff:255.255.255.255", "10.0.0.256", "1111:2222:3333:4444:5555:6666:7777:8888:9999",
        "example.com", "10.244.0.0/16", "2001:db8:1111:2222:3333:4444::/96", "10.0.0.0/33",
        "10.0.0.1-10.0.0.99", "02:00:5e:10:ab:01", "65535", "30000-32767", "10.0.0.1:80",
        "[2001:db8:1111:2222:3333:4444:5555:6666]:443", "weft-0123456789", "TCP", "SCTP",
    ]

    private func count(_ body: () -> Void) -> Int64 {
        body()
        let before = weft_allocations()
        body()
        return weft_allocations() - before
    }

    @Test func `the count sees an allocation`() {
        if weft_allocations() < 0 { return }
        var kept: [[UInt8]] = []
        #expect(count { kept = [[UInt8](repeating: 1, count: 100)] } > 0)
        #expect(kept.count == 1)
    }

    /// What a thrown error costs in a test: Swift Testing keeps each, to tell where it came from.
    private var countOfThrow: Int64 {
        count { do throws(NetworkError.Code) { throw .zone } catch {} }
    }

    private func expectNone<Value: TextParsable>(for _: Value.Type, _ text: String) {
        let bytes = Array(text.utf8)
        let expected = Value(text) == nil ? countOfThrow : 0
        #expect(count { _ = Value(utf8: bytes.span) } == expected, "\(Value.self)")
        #expect(count { _ = Value(text) } == expected, "\(Value.self)")
    }

    @Test(arguments: texts)
    func `parsing takes none, whether it succeeds or not`(text: String) {
        expectNone(for: IPv4Address.self, text)
        expectNone(for: IPv6Address.self, text)
        expectNone(for: IPAddress.self, text)
        expectNone(for: CIDR.self, text)
        expectNone(for: AddressRange.self, text)
        expectNone(for: MACAddress.self, text)
        expectNone(for: Port.self, text)
        expectNone(for: PortRange.self, text)
        expectNone(for: AddressAndPort.self, text)
        expectNone(for: InterfaceName.self, text)
        expectNone(for: TransportProtocol.self, text)
    }

    @Test(arguments: ["010.9.8.7", "::ffff:010.9.8.7"])
    func `reading stored addresses takes none`(text: String) {
        #expect(count { _ = IPAddress(legacy: text) } == 0)
        #expect(count { _ = CIDR(legacy: text) } == countOfThrow)
    }

    @Test func `comparing and hashing take none`() throws {
        let one = try #require(IPAddress("2001:db8::1"))
        let other = try #require(IPAddress("10.0.0.1"))
        let cidr = try #require(CIDR("10.0.0.0/8"))
        let set: Set = [one, other]
        #expect(count { _ = one == other || one < other || one.hashValue == other.hashValue } == 0)
        #expect(count { _ = set.contains(one) && cidr.contains(other) } == 0)
        #expect(count { _ = cidr.hashValue &+ cidr.network.hashValue } == 0)
    }

    @Test func `walking through addresses and networks takes none`() throws {
        let cidr = try #require(CIDR("10.0.0.0/24"))
        let range = try #require(AddressRange("10.0.0.1-10.0.0.254"))
        #expect(count { for _ in cidr.hosts {} } == 0)
        #expect(count { for _ in cidr.subnets(prefixLength: 28) {} } == 0)
        #expect(count { for _ in range.networks {} } == 0)
    }
}
