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
