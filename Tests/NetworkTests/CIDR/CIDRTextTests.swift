import Network
import Testing

@Suite struct `CIDR text` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/24", "10.1.2.3/24"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("1.2.3.4/32", "1.2.3.4/32"), ("::/0", "::/0"), ("FD00:10:244:0::/64", "fd00:10:244::/64"),
        ("2001:db8::1/128", "2001:db8::1/128"), ("::ffff:1.2.3.4/96", "::ffff:1.2.3.4/96"),
    ])
    func `is parsed and printed with its host part`(text: String, printed: String) {
        #expect(CIDR(text)?.description == printed)
    }

    @Test(arguments: [
        ("", NetworkError.Code.notAnAddress), ("10.0.0.0", .noPrefixLength),
        ("::1", .noPrefixLength), ("10.0.0.0/", .notANetwork),
        ("10.0.0.0/33", .prefixTooLongForIPv4),
        ("10.0.0.0/99999999999", .prefixTooLongForIPv4), ("::/129", .prefixTooLongForIPv6),
        ("10.0.0.0/08", .leadingZero), ("10.0.0.0/00", .leadingZero), ("010.0.0.0/8", .leadingZero),
        ("10.0.0.0/-1", .notANetwork), ("10.0.0.0/+8", .notANetwork),
        ("10.0.0.0/8/8", .notANetwork),
        ("10.0.0.0 /8", .notANetwork), ("10.0.0.0/8 ", .notANetwork), ("10.0.0/8", .notAnAddress),
        ("10.0.0.0/8.0.0.0", .notANetwork), ("fe80::1%eth0/64", .zone), ("/8", .notAnAddress),
        ("::ffff:1.2.3.4/120", .mappedAddress),
    ])
    func `says what is wrong with it`(text: String, code: NetworkError.Code) {
        #expect(throws: NetworkError(code, text)) { try CIDR(validating: text) }
    }

    @Test func `a host part is refused where a network is meant`() throws {
        #expect(throws: NetworkError(.hostBits, "10.1.2.3/24")) {
            try CIDR(validatingNetwork: "10.1.2.3/24")
        }
        #expect(try CIDR(validating: "10.1.2.3/24").network == CIDR("10.1.2.0/24"))
        #expect(try CIDR(validatingNetwork: "10.1.2.0/24") == CIDR("10.1.2.0/24"))
    }

    @Test(arguments: [
        ("010.244.0.0/016", "10.244.0.0/16"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("::ffff:10.0.0.1/128", "10.0.0.1/32"), ("::ffff:10.0.0.0/96", "10.0.0.0/0"),
        ("::ffff:10.0.0.0/95", "::ffff:10.0.0.0/95"), ("fd00::/0064", "fd00::/64"),
    ])
    func `S10: is read as Kubernetes reads stored ones`(text: String, printed: String) {
        #expect(CIDR(legacy: text)?.description == printed)
    }

    @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0/8", "1::2::3/8"])
    func `S10: is refused when Kubernetes refuses it too`(text: String) {
        #expect(CIDR(legacy: text) == nil)
    }
}
