import Testing

@testable import DNS

@Suite struct RecordDataTests {
    /// Data as it is written, as it is printed, and as it is sent (in hexadecimal).
    struct Case: CustomTestStringConvertible, Sendable {
        let type: RecordType
        let written: String
        let printed: String
        let sent: String

        init(_ type: RecordType, _ written: String, prints printed: String? = nil, _ sent: String) {
            (self.type, self.written, self.sent) = (type, written, sent)
            self.printed = printed ?? written
        }

        var testDescription: String { "\(type) \(written)" }
    }

    static let cases = [
        Case(.a, "10.0.0.1", "0a000001"),
        Case(.aaaa, "FD00:0::1", prints: "fd00::1", "fd000000000000000000000000000001"),
        Case(.ns, "ns", prints: "ns.example.org.", "026e73076578616d706c65036f726700"),
        Case(.cname, "@", prints: "example.org.", "076578616d706c65036f726700"),
        Case(.ptr, "a.b.", "0161016200"),
        Case(.dname, ".", "00"),
        Case(
            .soa, "a. b. (7 2h 30m\n 1w2d 90)", prints: "a. b. 7 7200 1800 777600 90",
            "0161000162000000000700001c2000000708000bdd800000005a"),
        Case(.mx, "10 mail.", "000a046d61696c00"),
        Case(
            .txt, #"a "b \"c\\ \009;" """#, prints: #""a" "b \"c\\ \009;" """#,
            "01610862202263" + "5c20093b00"),
        Case(.srv, "0 100 443 web.", "0000006401bb0377656200"),
        Case(.caa, #"0 issue "ca.example; a=1""#, "0005697373756563612e6578616d706c653b20613d31"),
        Case(.hinfo, #"x "y z""#, prints: #""x" "y z""#, "0178037920" + "7a"),
        Case(
            .naptr, #"1 2 "s" "SIP+D2U" "" _sip._udp."#,
            "00010002017307" + "5349502b44325500" + "045f736970045f75647000"),
        Case(.ds, "60485 5 1 2BB1 83AF", prints: "60485 5 1 2bb183af", "ec4505012bb183af"),
        Case(.dnskey, "256 3 8 AwE AAQ==", prints: "256 3 8 AwEAAQ==", "0100030803010001"),
        Case(
            .rrsig, "A 8 2 1h 20260131120000 20251231000000 1 a. AQ==",
            prints: "A 8 2 3600 20260131120000 20251231000000 1 a. AQ==",
            "0001080200000e10697deec0695467800001016100" + "01"),
        Case(.svcb, "0 a.", "0000016100"),
        Case(
            .https, #"1 . port=443 alpn="h2,h3" no-default-alpn ipv4hint=1.2.3.4 ipv6hint=::1"#,
            prints: "1 . alpn=h2,h3 no-default-alpn port=443 ipv4hint=1.2.3.4 ipv6hint=::1",
            "000100" + "000100060268320268" + "33" + "00020000" + "0003000201bb"
                + "0004000401020304" + "00060010" + "00000000000000000000000000000001"),
        Case(
            .svcb, #"1 . mandatory=port,alpn alpn=a port=1 ech=AQ== key667="a b""#,
            prints: #"1 . mandatory=alpn,port alpn=a port=1 ech=AQ== key667="a b""#,
            "000100" + "0000000400010003" + "000100020161" + "000300020001" + "0005000101"
                + "029b0003612062"),
        Case(RecordType(rawValue: 65400), "\\# 4 0102 0304", prints: "\\# 4 01020304", "01020304"),
        Case(RecordType(rawValue: 65400), "\\# 0", ""),
        Case(.a, "\\# 4 0a000001", prints: "10.0.0.1", "0a000001"),
    ]

    @Test(arguments: cases) func `data is written, sent and printed`(_ test: Case) throws {
        let origin = try DomainName("example.org")
        let data = try RecordData(parsing: test.written, type: test.type, origin: origin)
        #expect(Hexadecimal.encode(data.octets) == test.sent)
        #expect(RecordData.text(test.type, data.octets) == test.printed)
        #expect(try RecordData(parsing: test.printed, type: test.type) == data)
    }

    @Test(arguments: [
        (RecordType.a, "10.0.0.256", "IPv4"), (.a, "::1", "IPv4"), (.aaaa, "1.2.3.4", "IPv6"),
        (.a, "1.2.3.4 5", "one word too many"), (.a, "", "missing"), (.mx, "65536 a.", "65535"),
        (.mx, "10", "missing"), (.ns, #""a.""#, "quotes"), (.ns, "a..b", "empty label"),
        (.soa, "a. b. 1 2 3 4 5y", "1h30m"), (.txt, "", "missing"),
        (.txt, String(repeating: "a", count: 256), "255"), (.txt, #""a"#, "quotes"),
        (.caa, #"0 "a-b" "c""#, "letters"), (.ds, "1 1 1 abc", "hexadecimal"),
        (.dnskey, "1 1 1 A", "Base64"), (.rrsig, "A 8 2 1 20261301000000 1 1 a. AQ==", "time"),
        (.https, "1 . port=65536", "port"), (.https, "1 . alpn=", "alpn"),
        (.https, "1 . port=1 port=2", "twice"), (.https, "1 . mandatory=port,port", "mandatory"),
        (.https, "1 . what=1", "key667"),
        (.a, "\\# 4 0102", "4 octets"), (.a, "\\# 3 010203", "no data of type A"),
        (.nsec, "a. A", "\\#"), (.a, "1.2.3.4\n1.2.3.4", "one line"), (.txt, #"\300"#, "255"),
    ])
    func `what means nothing is refused with a reason`(
        type: RecordType, text: String, reason: String
    ) throws {
        let error = #expect(throws: DNSError.self) { try RecordData(parsing: text, type: type) }
        #expect(error?.cause.contains(reason) == true, "\(error?.cause ?? "")")
    }

    @Test(arguments: [
        (RecordType.a, [1, 2, 3] as [UInt8]), (.mx, [0]), (.mx, [0, 1, 1, 97]), (.txt, []),
        (.txt, [3, 97]), (.ns, [0xc0, 0]), (.ds, [0, 1, 2, 3]), (.caa, [0, 1, 45]),
        (.svcb, [0, 1, 0, 0, 1, 0, 2]), (.svcb, [0, 1, 0, 0, 3, 0, 0, 0, 2, 0, 0]), (.a, []),
    ])
    func `data that is none is printed in hexadecimal`(type: RecordType, octets: [UInt8]) {
        let digits = octets.isEmpty ? "" : " " + Hexadecimal.encode(octets)
        #expect(RecordData.text(type, octets) == "\\# \(octets.count)\(digits)")
    }
}
