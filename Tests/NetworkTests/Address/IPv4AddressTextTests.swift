import Network
import Testing

@Suite struct `IPv4 text` {
    @Test(
        arguments: [
            ("0.0.0.0", 0), ("10.9.8.7", 0x0A09_0807), ("255.255.255.255", 0xFFFF_FFFF),
            ("100.20.3.0", 0x6414_0300),
        ] as [(String, UInt32)])
    func `is parsed and printed`(text: String, number: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.rawValue == number)
        #expect(address.description == text)
        #expect(IPv4Address(Substring(text)) == address)
    }

    @Test(arguments: [
        "", ".", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.1.1.1",
        "1.2.3.1000", "01.2.3.4", "1.2.3.00", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4",
        "-1.2.3.4", "1.2.3.4/8", "1.2.3.4%1", "1.2.3.4\0", "１.2.3.4", "99999999999.1.1.1",
    ])
    func `is refused`(text: String) {
        #expect(IPv4Address(text) == nil)
    }
}
