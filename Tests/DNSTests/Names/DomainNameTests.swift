import Testing

@testable import DNS

@Suite struct DomainNameTests {
    @Test(arguments: [
        ("example.com.", "example.com."), ("example.com", "example.com."), (".", "."),
        (#"a\.b.c"#, #"a\.b.c."#), (#"a\032b"#, #"a\032b."#), ("_http._tcp.web", "_http._tcp.web."),
    ])
    func `a name is read and written as zone files do`(text: String, expected: String) throws {
        #expect(try DomainName(text).description == expected)
    }

    @Test(arguments: [
        "", "a..b", ".a", #"a\"#, #"a\25"#, #"a\256"#, String(repeating: "a", count: 64),
    ])
    func `a text that is no name is refused`(text: String) {
        #expect(throws: DNSError.self) { try DomainName(text) }
    }

    @Test func `a name has at most 255 bytes`() throws {
        let label = String(repeating: "a", count: 49) + "."
        let longest = String(repeating: label, count: 5) + "abc."
        #expect(try DomainName(longest).wire.count == 255)
        #expect(throws: DNSError.self) { try DomainName("a" + longest) }
    }

    @Test func `case does not tell names apart`() throws {
        #expect(try DomainName("Web.Default.SVC") == DomainName("wEB.default.svc"))
        #expect(DomainName(unchecked: [1, 0xc1, 0]) != DomainName(unchecked: [1, 0xe1, 0]))
    }

    @Test(arguments: [
        ("a.b.c", "b.c", true), ("a.b.c", "a.b.c", true), ("a.b.c", ".", true),
        ("xb.c", "b.c", false), ("c", "b.c", false), ("A.B.C", "b.c", true), (".", ".", true),
    ])
    func `a zone contains what ends in its labels`(
        name: String, zone: String, expected: Bool
    ) throws {
        #expect(try DomainName(name).isWithin(DomainName(zone)) == expected)
    }
}
