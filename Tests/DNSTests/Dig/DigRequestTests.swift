import Network
import Testing

@testable import DNS
@testable import Support

@Suite struct DigRequestTests {
    private func request(_ line: String) throws -> DigRequest {
        let words = line.split(separator: " ").map(String.init)
        return try DigRequest(Arguments(words, options: DigRequest.options))
    }

    @Test(arguments: [
        ("web", "web.", "A,AAAA", "-"), ("web.", "web.", "A,AAAA", "-"),
        ("web srv", "web.", "SRV", "-"),
        ("web --type A,MX", "web.", "A,MX", "-"), ("web TYPE65", "web.", "HTTPS", "-"),
        ("@10.0.0.1 web", "web.", "A,AAAA", "10.0.0.1:53"),
        ("web TXT @10.0.0.1:5353", "web.", "TXT", "10.0.0.1:5353"),
        ("web @fd00::a", "web.", "A,AAAA", "[fd00::a]:53"),
        ("web @[fd00::a]:54", "web.", "A,AAAA", "[fd00::a]:54"),
        ("web @[fd00::a]", "web.", "A,AAAA", "[fd00::a]:53"),
        ("web @fe80::1%eth0", "web.", "A,AAAA", "[fe80::1%eth0]:53"),
        ("web @[fe80::1%eth0]:54", "web.", "A,AAAA", "[fe80::1%eth0]:54"),
        ("-x 10.96.0.1", "1.0.96.10.in-addr.arpa.", "PTR", "-"),
        ("-x 10.96.0.1 ANY", "1.0.96.10.in-addr.arpa.", "ANY", "-"),
        (
            "-x fd00::1",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.", "PTR", "-"
        ),
    ])
    func `words say what is asked, and whom`(
        line: String, name: String, types: String, server: String
    ) throws {
        let request = try request(line)
        #expect("\(request.name)" == name)
        #expect(request.types.map { "\($0)" }.joined(separator: ",") == types)
        #expect(request.server.map { "\($0)" } ?? "-" == server)
    }

    @Test(arguments: [
        ("", "missing"), ("web A x", "one word too many"), ("web nosuch", "no type"),
        ("web AXFR", "nothing to ask"),
        ("web @", "@10.96.0.10"), ("web @x", "@10.96.0.10"), ("web @10.0.0.1:0x", "@10.96.0.10"),
        ("web @[fd00::a", "@10.96.0.10"), ("web @[10.0.0.1]", "@10.96.0.10"),
        ("web @[fd00::a]:0", "@10.96.0.10"),
        ("web @10.0.0.1 @10.0.0.2", "one server"), ("a..b", "empty label"), ("-x web", "address"),
        ("-x 10.0.0.1 PTR web", "one word too many"), ("web A --type A", "--type excludes"),
        ("web --short --json", "--short excludes"), ("web --class XX", "--class"),
        ("web --tries 0", "--tries"), ("web --timeout 0", "--timeout"),
        ("web --type ,", "--type needs"),
    ])
    func `words that mean nothing are refused with a reason`(line: String, reason: String) throws {
        let error = #expect(throws: UsageError.self) { try request(line) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("web", 5, ["web.a.", "web.b.", "web."]),
        ("web.shop", 1, ["web.shop.", "web.shop.a.", "web.shop.b."]),
        ("web.shop", 2, ["web.shop.a.", "web.shop.b.", "web.shop."]), ("web.", 5, ["web."]),
        ("web", 0, ["web.", "web.a.", "web.b."]),
    ])
    func `the search list is tried as the C library does`(
        name: String, ndots: Int, expected: [String]
    ) throws {
        let file = ResolverConfiguration(Array("search a b\noptions ndots:\(ndots)".utf8))
        let searched = try request("\(name) --search").names(file)
        #expect(searched.map { "\($0)" } == expected)
        #expect(try request(name).names(file).count == 1)
    }

    @Test func `what the command line does not say is taken from resolv conf`() throws {
        let text = "nameserver 10.0.0.3\nnameserver 10.0.0.4\noptions timeout:2 attempts:4"
        let file = ResolverConfiguration(Array(text.utf8))
        let exchange = try DigExchange(try request("web"), file)
        #expect("\(exchange.server)" == "10.0.0.3:53")
        #expect(exchange.timeout == .seconds(2) && exchange.tries == 4)
        let other = try DigExchange(
            try request("web @10.0.0.9 --timeout 0.5 --tries 1 --tcp"), file)
        #expect("\(other.server)" == "10.0.0.9:53" && other.usesTCP)
        #expect(other.timeout == .milliseconds(500) && other.tries == 1)
        #expect(throws: DNSError.self) { try DigExchange(request("web"), ResolverConfiguration()) }
    }
}
