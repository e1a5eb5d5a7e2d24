import FuzzSupport
import Network
import Testing

@Suite struct `Address range` {
    @Test(arguments: [
        "10.0.0.1", "10.0.0.2-10.0.0.1", "10.0.0.1-::2", "10.0.0.1-", "-10.0.0.1",
        "10.0.0.1 - 10.0.0.2", "10.0.0.1-10.0.0.2-10.0.0.3", "10.0.0.1-2",
    ])
    func `is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: ["::ffff:1.2.3.4-::1:0:0:0", "::1-::ffff:1.2.3.4"])
    func `is validated at both ends`(text: String) {
        #expect(AddressRange(text) != nil)
        #expect(throws: NetworkError(.mappedAddress, text)) { try AddressRange(validating: text) }
    }

    @Test(arguments: [("10.0.0.1-10.0.0.9", 9), ("::-::", 1), ("1::1-1::1:0", 65536)])
    func `is counted and printed`(text: String, count: UInt128) throws {
        let range = try #require(AddressRange(text))
        #expect(range.count == count)
        #expect(range.description == text)
        #expect(range.reduce(0) { count, _ in count + 1 } == Int(count))
    }

    @Test func `holds what lies between its ends`() throws {
        let range = try #require(AddressRange("10.0.0.5-10.0.1.2"))
        let inside = ["10.0.0.5", "10.0.0.255", "10.0.1.2"].compactMap { IPAddress($0) }
        let outside = ["10.0.0.4", "10.0.1.3", "::a00:5"].compactMap { IPAddress($0) }
        #expect(inside.allSatisfy(range.contains) && inside.count == 3)
        #expect(!outside.contains(where: range.contains) && outside.count == 3)
    }

    @Test(arguments: [
        ("10.0.0.1-10.0.0.9", "10.0.0.9-10.0.0.20", "10.0.0.9-10.0.0.9"),
        ("10.0.0.1-10.0.0.9", "10.0.0.3-10.0.0.4", "10.0.0.3-10.0.0.4"),
        ("10.0.0.1-10.0.0.9", "10.0.0.10-10.0.0.20", nil), ("10.0.0.1-10.0.0.9", "::-::5", nil),
    ])
    func `meets another`(text: String, other: String, common: String?) throws {
        let range = try #require(AddressRange(text))
        let second = try #require(AddressRange(other))
        #expect(range.intersection(second)?.description == common)
        #expect(second.intersection(range)?.description == common)
        #expect(range.overlaps(second) == (common != nil))
    }

    @Test func `ends at the last address of the family`() throws {
        let v4 = try #require(AddressRange("255.255.255.254-255.255.255.255"))
        #expect(v4.map(\.description) == ["255.255.255.254", "255.255.255.255"])
        let last = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        #expect(try #require(AddressRange("\(last)-\(last)")).map(\.description) == [last])
    }
}

@Suite struct `Networks of an address range` {
    @Test(arguments: [
        ("10.0.0.0-10.0.0.255", ["10.0.0.0/24"]),
        ("10.0.0.1-10.0.0.6", ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32"]),
        ("10.0.0.255-10.0.1.0", ["10.0.0.255/32", "10.0.1.0/32"]),
        ("0.0.0.0-255.255.255.255", ["0.0.0.0/0"]),
        ("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ["::/0"]),
        ("::1-::4", ["::1/128", "::2/127", "::4/128"]),
    ])
    func `cover it`(text: String, networks: [String]) throws {
        let range = try #require(AddressRange(text))
        #expect(range.networks.map(\.description) == networks)
    }

    /// Two neighbours of one length that could be one network would be one too many.
    @Test(arguments: 1..<5 as Range<UInt64>)
    func `are the fewest that do`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let range = try #require(randomRange(&random))
            let networks = Array(range.networks)
            #expect(networks.first?.first == range.lower)
            #expect(networks.last?.last == range.upper)
            for (left, right) in zip(networks, networks.dropFirst()) {
                #expect(left.last.advanced(by: 1) == right.first)
                let merged = CIDR(left.address, prefixLength: left.prefixLength - 1)
                #expect(merged?.network != merged || merged?.last != right.last)
            }
        }
    }

    private func randomRange(_ random: inout SeededGenerator) -> AddressRange? {
        let isV4 = random.below(2) == 0
        let base = IPAddress(isV4 ? "10.0.0.0" : "fd00::ffff:ffff:0:0")
        let lower = base?.advanced(by: random.below(1 << (isV4 ? 20 : 40)))
        let upper = lower?.advanced(by: random.below(1 << random.below(isV4 ? 20 : 31)))
        guard let lower, let upper else { return nil }
        return AddressRange(lower, through: upper)
    }
}
