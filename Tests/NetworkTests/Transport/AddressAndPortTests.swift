import Network
import Testing

@Suite struct `Address and port` {
    @Test(arguments: ["10.0.0.1:80", "0.0.0.0:0", "[2001:db8::1]:65535", "[::]:53"])
    func `is parsed and printed`(text: String) {
        #expect(AddressAndPort(text)?.description == text)
    }

    @Test(arguments: [
        "", "10.0.0.1", "10.0.0.1:", ":80", "10.0.0.1:65536", "[10.0.0.1]:80", "::1:80", "[::1]",
        "[::1]80", "[::1:80", "[::1]:", "10.0.0.1:80 ", "localhost:80", "10.0.0.1:http", "[]:80",
        "[fe80::1%eth0]:80",
    ])
    func `is refused`(text: String) {
        #expect(AddressAndPort(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.1:0", NetworkError.Code.notAPort), ("[::ffff:1.2.3.4]:80", .mappedAddress),
        ("[fe80::1%eth0]:80", .zone), ("10.0.0.1", .notAnAddressAndPort),
    ])
    func `says what is wrong with it`(text: String, code: NetworkError.Code) {
        #expect(throws: NetworkError(code, text)) { try AddressAndPort(validating: text) }
    }

    @Test func `sorts by address, then by port`() {
        let texts = ["[::]:1", "10.0.0.1:9", "10.0.0.1:10", "9.0.0.1:80"]
        let sorted = texts.compactMap { AddressAndPort($0) }.sorted().map(\.description)
        #expect(sorted == ["9.0.0.1:80", "10.0.0.1:9", "10.0.0.1:10", "[::]:1"])
    }
}
