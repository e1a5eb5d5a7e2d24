import JSON
import Network
import Testing

@testable import DNS

@Suite struct DigReportTests {
    private static let server = DigServer(ScopedAddress(.v4(.loopback)))

    private static func reply(
        _ name: String, _ type: RecordType, _ answers: [Record] = [],
        _ change: (inout Message) -> Void = { _ in }
    ) throws -> DigReply {
        var message = Message.query(try DomainName(name), type, id: 1)
        message.flags.insert([.response, .recursionAvailable])
        message.answers = answers
        change(&message)
        return DigReply(
            message: message, server: server, transport: .udp, size: 99,
            elapsed: .microseconds(1_234))
    }

    private static func record(_ name: String, _ type: RecordType, _ text: String) throws -> Record
    {
        let data = try RecordData(parsing: text, type: type)
        return Record(try DomainName(name), type, ttl: 30, data: data.octets)
    }

    @Test func `an answer is printed in columns`() throws {
        let records = [
            try Self.record("a.example", .cname, "web.example."),
            try Self.record("web.example", .a, "10.0.0.1"),
        ]
        let reply = try Self.reply("a.example", .a, records) { $0.flags.insert(.authoritative) }
        var report = DigReport()
        try report.run([.root]) { _ in DigResult(.root, [reply]) }
        #expect(
            report.text == """
                a.example. A: 2 records, authoritative (from 127.0.0.1:53 by UDP, 99 bytes in 1.2 ms)
                  a.example.    30  CNAME  web.example.
                  web.example.  30  A      10.0.0.1

                """)
        #expect(report.shortText == "web.example.\n10.0.0.1\n")
        #expect(report.document(["x"]).object?["why"] == .array([.string("x")]))
        let first = report.document(nil).object?["names"]?.array?.first?.object?["replies"]?.array?
            .first
        #expect(
            first?.object?["answers"]?.array?.count == 2 && first?.object?["bytes"]?.integer == 99)
    }

    @Test func `a denial comes with its code, its reason and its SOA in words`() throws {
        let soa = try Self.record("example", .soa, "ns. x. 1 2 3 4 5")
        let reply = try Self.reply("no.example", .a) { message in
            message.responseCode = .nameError
            message.flags.remove(.recursionAvailable)
            message.authorities = [soa]
            message.edns = EDNS(payloadSize: 1232)
            message.edns?.options = [
                EDNS.Option(.extendedError, [0, 14] + "wait \u{1b}[2J".utf8),
                EDNS.Option(.extendedError, [0, 22]), EDNS.Option(.extendedError, [0]),
            ]
        }
        var report = DigReport()
        try report.run([.root]) { _ in DigResult(.root, [reply]) }
        #expect(
            report.text == """
                no.example. A: no such name (NXDOMAIN), no recursion (from 127.0.0.1:53 by UDP, 99 bytes in 1.2 ms)
                  reason: not ready: "wait \\027[2J"
                  reason: no reachable authority
                  authority:
                    example.  30  SOA  ns. x. 1 2 3 4 5

                """)
    }

    @Test(arguments: [
        (ResponseCode.noError, DigResult.Finding.noData), (.nameError, .noSuchName),
        (.refused, .failure), (.serverFailure, .failure), (ResponseCode(rawValue: 99), .failure),
    ])
    func `a code says what was found`(code: ResponseCode, finding: DigResult.Finding) throws {
        let reply = try Self.reply("a", .a) {
            $0.edns = EDNS(payloadSize: 512)
            $0.responseCode = code
        }
        #expect(reply.message.finding == finding)
    }

    @Test func `an alias alone is no answer, and servers of another zone are a referral`() throws {
        let alias = try Self.record("a", .cname, "b.")
        #expect(try Self.reply("a", .a, [alias]).message.finding == .noData)
        #expect(try Self.reply("a", .cname, [alias]).message.finding == .answer)
        #expect(try Self.reply("a", .any, [alias]).message.finding == .answer)
        let server = try Self.record("a", .ns, "ns.")
        #expect(
            try Self.reply("x.a", .a) { $0.authorities = [server] }.message.finding == .referral)
    }

    @Test func `names are tried until one answers, and the best of the others is told last`() throws
    {
        let names = try ["a", "b", "c"].map { try DomainName($0) }
        let found = try Self.record("b", .a, "10.0.0.1")
        let answers = [
            names[0]: try Self.reply("a", .a) { $0.responseCode = .nameError },
            names[1]: try Self.reply("b", .a, [found]), names[2]: try Self.reply("c", .a),
        ]
        func run(_ names: [DomainName]) throws -> DigReport {
            var report = DigReport()
            try report.run(names) { name in DigResult(name, [answers[name]].compactMap(\.self)) }
            return report
        }
        let good = try run(names)
        #expect(good.results.map(\.name) == Array(names[...1]) && good.last?.finding == .answer)
        #expect(good.text.hasPrefix("tried a.  no such name (NXDOMAIN)\nb. A: 1 record ("))
        let bad = try run([names[2], names[0]])
        #expect(bad.results.map(\.name) == [names[0], names[2]] && bad.last?.finding == .noData)
    }
}
