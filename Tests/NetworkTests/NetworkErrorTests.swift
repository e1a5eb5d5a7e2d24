import Network
import Testing

@Suite struct `Network error` {
    @Test(arguments: [
        (
            NetworkError.Code.prefixTooLongForIPv4, "10.0.0.0/33",
            "10.0.0.0/33: the prefix length of an IPv4 network is 0 to 32"
        ),
        (
            .hostBits, "10.1.2.3/24",
            "10.1.2.3/24: a network has no bits set beyond its prefix length, so write 10.1.2.0/24"
        ),
        (
            .leadingZero, "010.1.2.3",
            "010.1.2.3: numbers have no leading zeros, which some programs read as octal, "
                + "so write 10.1.2.3"
        ),
        (
            .leadingZero, "10.0.0.0/08",
            "10.0.0.0/08: numbers have no leading zeros, which some programs read as octal, "
                + "so write 10.0.0.0/8"
        ),
        (
            .mappedAddress, "::ffff:1.2.3.4",
            "::ffff:1.2.3.4: an IPv4-mapped IPv6 address is ambiguous, so write 1.2.3.4"
        ),
        (
            .noPrefixLength, "10.0.0.1",
            "10.0.0.1: a network ends in a slash and its prefix length, so write 10.0.0.1/32"
        ),
        (.notAPort, "", "empty text: a port is a number of 1 to 65535"),
    ])
    func `says what would be right`(code: NetworkError.Code, text: String, message: String) {
        #expect(NetworkError(code, text).description == message)
    }

    @Test func `no two messages are the same`() {
        let messages = Set(NetworkError.Code.allCases.map { NetworkError($0, "x").description })
        #expect(messages.count == NetworkError.Code.allCases.count)
    }
}
