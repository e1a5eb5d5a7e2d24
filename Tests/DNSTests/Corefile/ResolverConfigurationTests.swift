import Network
import Testing

@testable import DNS

@Suite struct `Files of resolvers` {
    @Test func `say which servers, domains and options there are (D81)`() throws {
        let text = """
            # comment
            ; comment
            nameserver 10.0.0.10 ; first
            nameserver fe80::1%eth0
              nameserver\t2001:db8::1 extra
            nameserver nonsense
            nameserver 10.0.0.1%eth0
            search a.example b.example.
            options ndots:5 timeout:1 attempts:3 rotate edns0\r
            unknown x
            """
        let file = ResolverConfiguration(Array(text.utf8))
        #expect(
            file.nameservers.map { "\($0.address)" } == ["10.0.0.10", "fe80::1", "2001:db8::1"])
        #expect(file.nameservers.map { $0.scope?.rawValue } == [nil, "eth0", nil])
        #expect(file.search == (try names("a.example", "b.example")))
        #expect(file.ndots == 5 && file.timeout == .seconds(1) && file.attempts == 3)
        #expect(file.rotates)
    }

    @Test func `domain and search replace each other`() throws {
        func search(_ text: String) -> [DomainName] {
            ResolverConfiguration(Array(text.utf8)).search
        }
        #expect(search("search a b\ndomain c d") == (try names("c")))
        #expect(search("domain c\nsearch a b") == (try names("a", "b")))
        #expect(search("search a\nsearch b") == (try names("b")))
        #expect(search("search a..b c") == (try names("c")))
    }

    @Test(
        arguments: [
            ("", 1, 5, 2), ("ndots:99 timeout:99 attempts:99", 15, 30, 5),
            ("ndots:-1 timeout:0 attempts:0", 0, 1, 1), ("ndots: timeout:x attempts", 1, 5, 2),
            ("ndots:99999999999999999999", 1, 5, 2),
        ] as [(String, Int, Int, Int)])
    func `options keep to the C library's limits`(
        text: String, ndots: Int, timeout: Int, attempts: Int
    ) {
        let file = ResolverConfiguration(Array("options \(text)".utf8))
        #expect(file.ndots == ndots && file.attempts == attempts)
        #expect(file.timeout == .seconds(timeout))
    }
}
