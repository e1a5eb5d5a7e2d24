import Network
import Testing

@Suite struct `MAC address` {
    @Test(arguments: ["02:00:5e:10:aB:01", "02-00-5E-10-AB-01"])
    func `is parsed and printed with colons`(text: String) throws {
        let address = try #require(MACAddress(text))
        #expect(address.rawValue == 0x0200_5E10_AB01)
        #expect(address.description == "02:00:5e:10:ab:01")
    }

    @Test(arguments: [
        "", "02:00:5e:10:ab", "02:00:5e:10:ab:01:02", "02:00:5e-10:ab:01", "2:0:5e:10:ab:1",
        "0200.5e10.ab01", "02:00:5e:10:ab:0g", "02:00:5e:10:ab:01 ", "02005e10ab01",
    ])
    func `is refused`(text: String) {
        #expect(MACAddress(text) == nil)
    }
}

@Suite struct `MAC address bits` {
    @Test(arguments: [
        ("00:00:5e:00:00:01", false, false), ("01:00:5e:00:00:01", true, false),
        ("02:00:00:00:00:01", false, true), ("ff:ff:ff:ff:ff:ff", true, true),
        ("fc:00:00:00:00:00", false, false),
    ])
    func `tell group and local addresses`(text: String, isMulticast: Bool, isLocal: Bool) throws {
        let address = try #require(MACAddress(text))
        #expect(address.isMulticast == isMulticast)
        #expect(address.isLocal == isLocal)
    }

    @Test(arguments: [
        ("00:25:96:12:34:56", "fe80::225:96ff:fe12:3456"),
        ("02:42:ac:11:00:02", "fe80::42:acff:fe11:2"),
        ("ff:ff:ff:ff:ff:ff", "fe80::fdff:ffff:feff:ffff"),
    ])
    func `make the link-local address`(text: String, address: String) throws {
        #expect(try #require(MACAddress(text)).linkLocalAddress.description == address)
    }

    @Test func `octets are in the order they are written`() throws {
        let address = try #require(MACAddress("02:00:5e:10:ab:01"))
        let octets = address.octets
        #expect((0..<6).map { octets[$0] } == [0x02, 0x00, 0x5E, 0x10, 0xAB, 0x01])
        #expect(MACAddress(octets: octets) == address)
        #expect(MACAddress(octets: octets.span) == address)
        #expect(MACAddress(octets: octets.span.extracting(first: 5)) == nil)
        #expect(MACAddress.zero < address && address < .broadcast)
    }
}
