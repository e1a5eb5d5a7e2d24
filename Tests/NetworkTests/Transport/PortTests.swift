import Network
import Testing

@Suite struct `Port number` {
    @Test(arguments: [("0", 0), ("1", 1), ("80", 80), ("65535", 65535)] as [(String, UInt16)])
    func `is parsed and printed`(text: String, number: UInt16) {
        #expect(Port(text)?.rawValue == number)
        #expect(Port(number).description == text)
    }

    @Test(arguments: [
        "", "65536", "99999999999", "-1", "+1", "080", "00", " 1", "1 ", "http", "0x1",
    ])
    func `is refused`(text: String) {
        #expect(Port(text) == nil)
    }

    @Test func `is not zero where it is configured`() throws {
        #expect(throws: NetworkError(.notAPort, "0")) { try Port(validating: "0") }
        #expect(try Port(validating: "443") == 443)
    }
}
