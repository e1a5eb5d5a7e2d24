import Network
import Testing

@testable import DNS

@Suite struct HostsTableTests {
    private func answer(
        _ text: String, _ name: String, _ type: RecordType, isReversed: Bool = true
    ) throws -> [String]? {
        let table = HostsTable(parsing: Array(text.utf8))
        return table.answer(try DomainName(name), type, isReversed: isReversed)?.records.map {
            "\($0.ttl) \(RecordData.text($0.type, $0.data))"
        }
    }

    private static let text = """
        # hosts
        127.0.0.1 localhost\tlocalhost.localdomain # ours\r
        10.0.0.2 web www
        10.0.0.1 Web\r
        10.0.0.2 web
        fd00::1 web
        fe80::1%eth0 link
        """

    @Test(
        arguments: [
            ("web", RecordType.a, ["3600 10.0.0.2", "3600 10.0.0.1"]),
            ("WEB.", .aaaa, ["3600 fd00::1"]),
            ("www", .aaaa, []), ("web", .txt, []), ("nosuch", .a, nil), ("x.web", .a, nil),
            ("link", .aaaa, ["3600 fe80::1"]), ("localhost.localdomain", .a, ["3600 127.0.0.1"]),
            ("2.0.0.10.in-addr.arpa", .ptr, ["3600 web.", "3600 www."]),
            ("2.0.0.10.in-addr.arpa", .a, []), ("3.0.0.10.in-addr.arpa", .ptr, nil),
            ("0.0.10.in-addr.arpa", .ptr, nil),
            (
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa", .ptr,
                ["3600 web."]
            ),
            ("arpa", .ptr, nil), (".", .a, nil),
        ] as [(String, RecordType, [String]?)])
    func `D99 names and addresses lead to each other`(
        name: String, type: RecordType, expected: [String]?
    ) throws {
        #expect(try answer(Self.text, name, type) == expected)
    }

    @Test func `addresses lead nowhere where that is not wanted`() throws {
        let name = "2.0.0.10.in-addr.arpa"
        #expect(try answer(Self.text, name, .ptr, isReversed: false) == nil)
    }

    @Test(
        arguments: [
            ("x web", 1, nil), ("10.0.0.1", 1, nil), ("10.0.0.1 a..b web", 1, ["3600 10.0.0.1"]),
            ("\n\n  \n#x\n10.0.0.1 web", 0, ["3600 10.0.0.1"]), ("10.0.0.1 #web", 1, nil),
            ("", 0, nil), ("10.0.0.01 web", 1, nil),
        ] as [(String, Int, [String]?)])
    func `bad lines are left out and counted`(text: String, bad: Int, expected: [String]?) throws {
        #expect(HostsTable(parsing: Array(text.utf8)).badLines == bad)
        #expect(try answer(text, "web", .a) == expected)
    }

    @Test func `entries beside a file count before it`() throws {
        var table = HostsTable(ttl: 7)
        let (web, first) = (try DomainName("web"), IPAddress("10.0.0.9"))
        table.add(try #require(first), [web, web])
        table.add(parsing: Array("10.0.0.1 web\n10.0.0.9 web".utf8))
        #expect(
            table.answer(web, .a)?.records == [
                Record(web, .a, ttl: 7, data: [10, 0, 0, 9]),
                Record(web, .a, ttl: 7, data: [10, 0, 0, 1]),
            ])
    }

    @Test(.timeLimit(.minutes(1))) func `a name in ten thousand lines is known once`() throws {
        let line = Array("10.0.0.1 web\n10.0.0.2 web\n".utf8)
        let table = HostsTable(parsing: Array(repeatElement(line, count: 5_000).joined()))
        #expect(table.answer(try DomainName("web"), .a)?.records.count == 2)
    }
}
