import Testing

@testable import DNS

@Suite struct MasterFileTests {
    private func records(_ text: String) throws -> [String] {
        try MasterFile(
            parsing: Array(text.utf8), file: "db.example", origin: DomainName("example.org")
        ).records.map { "\($0.name) \($0.ttl) \($0.type) \(RecordData.text($0.type, $0.data))" }
    }

    @Test func `a whole file is read`() throws {
        let text = """
            ; A zone as people write it.
            $TTL 1h30m
            @       IN SOA ns hostmaster (
                        2026013101 ; serial
                        2h 30m 1w
                        5m )
                    NS ns
                    300 IN MX 10 mail
            ns      A 10.0.0.1\r
                    AAAA fd00::1 ; the same host
            www 60 IN CNAME web.example.net.
            $ORIGIN sub
            a IN 7 TXT "one; two" three
            \t
            *.b TYPE65400 \\# 1 ff
            $ORIGIN .
            c.example.org A 10.0.0.2
            """
        #expect(
            try records(text) == [
                "example.org. 5400 SOA ns.example.org. hostmaster.example.org. 2026013101 7200 "
                    + "1800 604800 300",
                "example.org. 5400 NS ns.example.org.",
                "example.org. 300 MX 10 mail.example.org.",
                "ns.example.org. 5400 A 10.0.0.1",
                "ns.example.org. 5400 AAAA fd00::1",
                "www.example.org. 60 CNAME web.example.net.",
                #"a.sub.example.org. 7 TXT "one; two" "three""#,
                "*.b.sub.example.org. 5400 TYPE65400 \\# 1 ff",
                "c.example.org. 5400 A 10.0.0.2",
            ])
    }

    @Test(
        arguments: [
            ("a A 1.2.3.4", nil), ("a 60 A 1.2.3.4\nb A 1.2.3.4", 60),
            ("$TTL 5\na 60 A 1.2.3.4\nb A 1.2.3.4", 5),
            ("@ SOA . . 1 2 3 4 77\nb A 1.2.3.4", 77), ("@ 9 SOA . . 1 2 3 4 77\nb A 1.2.3.4", 9),
            ("$TTL 2147483647\nb A 1.2.3.4", 2_147_483_647), ("b 1w2d3h4m5s A 1.2.3.4", 788_645),
        ] as [(String, UInt32?)])
    func `a TTL that is not written is taken from before`(text: String, ttl: UInt32?) throws {
        let file = try? MasterFile(parsing: Array(text.utf8), file: "f", origin: .root)
        #expect(file?.records.last?.ttl == ttl)
    }

    @Test(arguments: [
        ("a 1 A 1.2.3.4\n\nb 1 A x", 3, "IPv4"), ("a 1 A 1.2.3.4\nb (\n1 A\n", 4, "( of line 2"),
        ("\n)", 2, "no ("), (" 1 A 1.2.3.4", 1, "no name before"), ("a 1 IN", 1, "type is missing"),
        ("a 1 CH TXT x", 1, "class is CH"), ("a 1 CLASS3 TXT x", 1, "class is CLASS3"),
        ("a 1 NOSUCH x", 1, "no type"), ("a 1 ANY x", 1, "class is ANY"),
        ("a 1 AXFR x", 1, "no records"),
        ("$INCLUDE other", 1, "put the records"),
        ("$GENERATE 1-9 a$ A 1.2.3.$", 1, "write the records"),
        ("$TTL", 1, "$TTL SECONDS"), ("$TTL 2147483648", 1, "2147483647"),
        ("$ORIGIN", 1, "$ORIGIN NAME"),
        ("$X", 1, "none of"), ("a 2147483648 A 1.2.3.4", 1, "2147483647"),
        ("a 1 TXT \"b\nc\"", 1, "quotes"),
        ("a 1 (\nTXT \"b\n) ", 2, "quotes"), ("a\\", 1, "backslash"), ("a\\\nb", 1, "backslash"),
        (String(repeating: "a", count: 64) + " 1 A 1.2.3.4", 1, "63"),
    ])
    func `errors name the file, the line and the reason`(
        text: String, line: Int, reason: String
    ) throws {
        let error = #expect(throws: DNSError.self) { try records(text) }
        #expect(error?.operation == "read line \(line) of db.example")
        #expect(error?.cause.contains(reason) == true, "\(error?.cause ?? "")")
    }
}
