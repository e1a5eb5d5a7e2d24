import Network
import Testing

@Suite struct `IP address` {
    @Test(arguments: [("10.0.0.1", IPFamily.v4), ("::1", .v6), ("::ffff:1.2.3.4", .v6)])
    func `text tells the family`(text: String, family: IPFamily) throws {
        let address = try #require(IPAddress(text))
        #expect(address.family == family)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "10", "localhost", "10.0.0.1:80", "[::1]", "fe80::1%eth0", "1.2.3.4%1"])
    func `other text is none`(text: String) {
        #expect(IPAddress(text) == nil)
        #expect(IPAddress(legacy: text) == nil)
    }

    @Test func `four or sixteen octets are an address`() {
        #expect(IPAddress(octets: ([1, 2, 3, 4] as [UInt8]).span) == IPAddress("1.2.3.4"))
        let octets: [UInt8] = [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
        #expect(IPAddress(octets: octets.span) == IPAddress("2001:db8::1"))
        #expect(IPAddress(octets: octets.span.extracting(first: 8)) == nil)
    }

    @Test func `IPv4 sorts before IPv6`() {
        let texts = ["::", "255.255.255.255", "0.0.0.1", "ffff::", "10.0.0.1", "::1"]
        let sorted = texts.compactMap { IPAddress($0) }.sorted().map(\.description)
        #expect(sorted == ["0.0.0.1", "10.0.0.1", "255.255.255.255", "::", "::1", "ffff::"])
    }

    @Test func `families have the names of Kubernetes`() {
        #expect(IPFamily.allCases.map(\.description) == ["IPv4", "IPv6"])
        #expect(IPFamily("IPv6") == .v6)
        #expect(IPFamily("ipv6") == nil)
    }
}

@Suite struct `IP address of a Kubernetes object` {
    @Test(arguments: [
        ("010.001.02.3", "10.1.2.3"), ("0000000000010.1.1.1", "10.1.1.1"),
        ("::ffff:10.1.2.3", "10.1.2.3"), ("::ffff:a01:203", "10.1.2.3"),
        ("::ffff:010.1.2.3", "10.1.2.3"), ("00001::0000000002", "1::2"), ("FE80::1", "fe80::1"),
        ("10.1.2.3", "10.1.2.3"),
    ])
    func `S10: is read as Kubernetes reads stored ones`(text: String, canonical: String) {
        #expect(IPAddress(legacy: text)?.description == canonical)
    }

    @Test(arguments: ["", "10.1.2", "10.1.2.0256", "::ffff:1.2.3", "1::2::3", "::10000", "::1%1"])
    func `S10: is refused when Kubernetes refuses it too`(text: String) {
        #expect(IPAddress(legacy: text) == nil)
    }

    @Test(arguments: [
        ("10.01.2.3", NetworkError.Code.leadingZero), ("::ffff:1.2.3.4", .mappedAddress),
        ("::FFFF:102:304", .mappedAddress), ("10.1.2.256", .octetTooBig), ("10.1.2", .notAnAddress),
        ("fe80::1%eth0", .zone), ("00001::", .notAnAddress), ("", .notAnAddress),
    ])
    func `new ones are validated more strictly`(text: String, code: NetworkError.Code) {
        #expect(throws: NetworkError(code, text)) { try IPAddress(validating: text) }
    }

    @Test(arguments: ["10.1.2.3", "2001:DB8::1", "::1.2.3.4"])
    func `valid ones pass`(text: String) throws {
        #expect(try IPAddress(validating: text) == IPAddress(text))
    }
}
