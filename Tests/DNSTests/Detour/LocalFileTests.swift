import Testing

@testable import DNS

private let zoneText = """
    $TTL 60
    @ SOA ns hostmaster 7 3600 600 86400 30
    @ NS ns
    ns A 192.0.2.53
    www A 192.0.2.1
    www A 192.0.2.2
    to-web CNAME web.default.svc.cluster.local.
    away CNAME www.example.net.
    to-other CNAME host.other.test.
    back A 192.0.2.3
    round CNAME round.other.test.
    * TXT "wild"
    """

private let otherZoneText = """
    $TTL 60
    @ SOA ns hostmaster 7 3600 600 86400 30
    host CNAME back.z.test.
    round CNAME round.z.test.
    """

@Suite struct LocalFileTests {
    private let files = ChangingFiles([
        "/etc/hosts": "192.0.2.9 Here.Example other.zone\n2001:db8::9 here.example\n",
        "/zone": zoneText, "/other": otherZoneText,
        "/sub": "@ 60 SOA ns hostmaster 7 3600 600 86400 30\n* A 192.0.2.66\nchild NS ns.child\n"
            + "ns.child A 192.0.2.67",
    ])

    private func server(
        _ lines: String, _ cluster: borrowing SmallCluster
    ) throws -> AskedServer {
        let options = try block(lines)
        var detour = Detour.Parts()
        detour.hosts = try options.hosts.map { try HostNames($0, files.surroundings) }
        detour.files = try ZoneFiles(options.files, files.surroundings)
        detour.rewrites = options.rewrites
        detour.answersLocalhost = options.answersLocalhost
        var parts = ServedBlock.Parts()
        parts.cluster = try cluster.zone()
        parts.upstream = UpstreamPath([.init([.root], pool: 3)])
        parts.rotates = options.shufflesAddresses
        parts.access = AccessList(options.accessRules)
        parts.detour = Detour(detour)
        return try AskedServer(parts, readers: cluster.epochs)
    }

    struct Case: Sendable {
        let lines: String
        let name: String
        var type = RecordType.a
        /// Nil where somebody else is asked.
        let answers: [String]?
        var code = ResponseCode.noError
    }

    @Test(arguments: [
        Case(lines: "hosts", name: "HERE.example", answers: ["HERE.example. A 192.0.2.9"]),
        Case(
            lines: "hosts", name: "here.example", type: .aaaa,
            answers: ["here.example. AAAA 2001:db8::9"]),
        Case(lines: "hosts", name: "here.example", type: .mx, answers: []),
        Case(lines: "hosts", name: "unknown.example", answers: [], code: .serverFailure),
        Case(
            lines: "hosts {\nfallthrough\n}", name: "unknown.example", answers: nil),
        Case(
            lines: "hosts {\nfallthrough corp\n}", name: "unknown.example", answers: [],
            code: .serverFailure),
        Case(lines: "hosts /etc/hosts example", name: "other.zone", answers: nil),
        Case(
            lines: "hosts /etc/hosts example", name: "9.2.0.192.in-addr.arpa", type: .ptr,
            answers: [
                "9.2.0.192.in-addr.arpa. PTR Here.Example.",
                "9.2.0.192.in-addr.arpa. PTR other.zone.",
            ]),
        Case(lines: "hosts", name: "7.2.0.192.in-addr.arpa", type: .ptr, answers: nil),
        Case(
            lines: "hosts {\n192.0.2.77 web.default.svc.cluster.local\n}",
            name: "web.default.svc.cluster.local",
            answers: ["web.default.svc.cluster.local. A 192.0.2.77"]),
        Case(
            lines: "hosts {\nfallthrough\n}", name: "web.default.svc.cluster.local",
            answers: ["web.default.svc.cluster.local. A 10.96.0.1"]),
        Case(
            lines: "hosts\nrewrite name a.org here.example", name: "A.org",
            answers: ["A.org. A 192.0.2.9"]),
        Case(
            lines: "file /zone z.test", name: "WWW.z.test",
            answers: ["WWW.z.test. A 192.0.2.1", "WWW.z.test. A 192.0.2.2"]),
        Case(lines: "file /zone z.test", name: "www.z.test", type: .mx, answers: []),
        Case(
            lines: "file /zone z.test", name: "x.www.z.test", answers: [], code: .nameError),
        Case(
            lines: "file /zone z.test {\nfallthrough\n}", name: "x.www.z.test", answers: nil),
        Case(lines: "file /zone z.test", name: "elsewhere.test", answers: nil),
        Case(
            lines: "file /zone z.test", name: "to-web.z.test",
            answers: [
                "to-web.z.test. CNAME web.default.svc.cluster.local.",
                "web.default.svc.cluster.local. A 10.96.0.1",
            ]),
        Case(
            lines: "file /zone z.test\nrewrite name a.org www.z.test", name: "a.org",
            answers: ["a.org. A 192.0.2.1", "a.org. A 192.0.2.2"]),
        Case(
            lines: "file /zone z.test\nfile /other other.test", name: "to-other.z.test",
            answers: [
                "to-other.z.test. CNAME host.other.test.", "host.other.test. CNAME back.z.test.",
                "back.z.test. A 192.0.2.3",
            ]),
        Case(
            lines: "file /zone z.test\nfile /sub sub.z.test", name: "any.sub.z.test",
            answers: ["any.sub.z.test. A 192.0.2.66"]),
        Case(lines: "file /sub z.test", name: "x.child.z.test", answers: []),
        Case(
            lines: "hosts {\n192.0.2.77 www.z.test\nfallthrough\n}\nfile /zone z.test",
            name: "www.z.test", answers: ["www.z.test. A 192.0.2.77"]),
        Case(
            lines: "hosts {\nno_reverse\n}", name: "9.2.0.192.in-addr.arpa", type: .ptr,
            answers: nil),
        Case(
            lines: "file /zone 2.0.192.in-addr.arpa", name: "www.2.0.192.in-addr.arpa",
            answers: [
                "www.2.0.192.in-addr.arpa. A 192.0.2.1", "www.2.0.192.in-addr.arpa. A 192.0.2.2",
            ]),
        Case(
            lines: "local", name: "localhost.default.svc.cluster.local",
            answers: ["localhost.default.svc.cluster.local. A 127.0.0.1"]),
    ])
    func `files have names of their own, and leave others to others`(_ test: Case) throws {
        let cluster = try SmallCluster()
        var server = try server(test.lines, cluster)
        let said = try server.ask(test.name, test.type)
        if let answers = test.answers {
            #expect(said.message?.answerTexts == answers)
            #expect(said.message?.responseCode == test.code)
            #expect(said.message?.flags.contains(.recursionAvailable) == true)
        } else {
            #expect(said.pending?.pools == [3])
        }
    }

    @Test(arguments: [("hosts", 3600 as UInt32), ("hosts {\nttl 7\n}", 7)])
    func `records of hosts live as long as it is written`(_ lines: String, _ ttl: UInt32) throws {
        let cluster = try SmallCluster()
        var server = try server(lines, cluster)
        let said = try server.ask("here.example")
        #expect(said.message?.answers.map(\.ttl) == [ttl])
        #expect(said.message?.flags.contains(.authoritative) == true)
    }

    @Test func `equal records of a zone take turns`() throws {
        let cluster = try SmallCluster()
        var server = try server("file /zone z.test\nloadbalance", cluster)
        var first: Set<String> = []
        for _ in 0..<64 { first.formUnion(try server.ask("www.z.test").texts.prefix(1)) }
        #expect(first == ["www.z.test. A 192.0.2.1", "www.z.test. A 192.0.2.2"])
    }

    @Test func `what a client may not ask for is not said by files`() throws {
        let cluster = try SmallCluster()
        let lines = """
            acl z.test here.example {
                block type A
            }
            file /zone z.test
            hosts {
                fallthrough
            }
            rewrite name exact a.org www.z.test
            rewrite name exact b.org here.example
            """
        var server = try server(lines, cluster)
        for name in ["www.z.test", "a.org", "here.example", "b.org"] {
            #expect(try server.ask(name).message?.responseCode == .refused)
        }
        #expect(try server.ask("x.z.test", .txt).texts == ["x.z.test. TXT \"wild\""])
    }

    @Test func `aliases that lead from file to file in a circle come to an end`() throws {
        let cluster = try SmallCluster()
        var server = try server("file /zone z.test\nfile /other other.test", cluster)
        let reply = try #require(try server.ask("round.z.test").message)
        #expect(reply.answers.count == 8 && reply.answers.allSatisfy { $0.type == .cname })
    }

    @Test func `an alias out of a zone is looked up elsewhere`() throws {
        let cluster = try SmallCluster()
        var server = try server("file /zone z.test", cluster)
        let pending = try #require(try server.ask("away.z.test").pending)
        #expect(pending.lookup == (try DomainName("www.example.net")))
        #expect(pending.aliases.map(\.name) == [try DomainName("away.z.test")])
    }
}
