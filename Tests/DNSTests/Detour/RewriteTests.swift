import Network
import Platform
import Testing

@testable import DNS

@Suite struct RewriteTests {
    private static func server(
        _ lines: String, _ cluster: borrowing SmallCluster,
        _ change: (inout ServedBlock.Parts) -> Void = { _ in }
    ) throws -> AskedServer {
        var detour = Detour.Parts()
        detour.rewrites = try block(lines).rewrites
        var parts = ServedBlock.Parts()
        parts.cluster = try cluster.zone()
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        parts.rotates = false
        parts.detour = Detour(detour)
        change(&parts)
        return try AskedServer(parts, readers: cluster.epochs)
    }

    struct Case: Sendable {
        let rule: String
        let name: String
        var type = RecordType.a
        let answers: [String]
    }

    @Test(arguments: [
        Case(
            rule: "rewrite name old.example.org web.default.svc.cluster.local",
            name: "Old.Example.Org", answers: ["Old.Example.Org. A 10.96.0.1"]),
        Case(
            rule: "rewrite name suffix .corp. .default.svc.cluster.local. answer auto",
            name: "web.corp", answers: ["web.corp. A 10.96.0.1"]),
        Case(
            rule: "rewrite name prefix x- web answer auto", name: "x-.default.svc.cluster.local",
            answers: ["x-.default.svc.cluster.local. A 10.96.0.1"]),
        Case(
            rule: "rewrite name substring .prod. .default. answer auto",
            name: "web.prod.svc.cluster.local", answers: ["web.prod.svc.cluster.local. A 10.96.0.1"]
        ),
        Case(
            rule: #"""
                rewrite name regex (.*)\.my\.org {1}.default.svc.cluster.local answer name \#
                (.*)\.default\.svc\.cluster\.local {1}.my.org
                """#,
            name: "web.my.org", answers: ["web.my.org. A 10.96.0.1"]),
        Case(
            rule: "rewrite name regex (.*)\\.your\\.org {1}.default.svc.cluster.local",
            name: "web.your.org", answers: ["web.default.svc.cluster.local. A 10.96.0.1"]),
        Case(
            rule: "rewrite name suffix .corp. .default.svc.cluster.local. answer auto",
            name: "web.corp", type: .srv, answers: ["web.corp. SRV 0 100 80 web.corp."]),
        Case(
            rule: "rewrite type TXT A", name: "web.default.svc.cluster.local", type: .txt,
            answers: ["web.default.svc.cluster.local. A 10.96.0.1"]),
        Case(
            rule: "rewrite stop name a.org b.org\nrewrite name b.org web.default.svc.cluster.local",
            name: "b.org", answers: ["b.org. A 10.96.0.1"]),
        Case(
            rule: """
                rewrite continue name a.org b.org
                rewrite name b.org web.default.svc.cluster.local
                """, name: "a.org", answers: ["a.org. A 10.96.0.1"]),
    ])
    func `D99 a rule changes the question, and the answer back`(_ test: Case) throws {
        let cluster = try SmallCluster()
        var server = try Self.server(test.rule, cluster)
        let said = try server.ask(test.name, test.type)
        let message = try #require(said.message)
        #expect(message.answerTexts == test.answers)
        let asked = try DomainName(test.name)
        #expect(message.questions.map(\.name.wire) == [asked.wire])
        #expect(message.questions.map(\.type) == [test.type])
        #expect(message.id == 4711 && message.flags.contains(.recursionDesired))
    }

    @Test func `a class comes back in the answer`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server("rewrite class HS IN", cluster)
        let said = try server.ask("web.default.svc.cluster.local") {
            $0.questions[0].recordClass = .hesiod
        }
        #expect(said.message?.questions.first?.recordClass == .hesiod)
        #expect(said.message?.answers.map(\.recordClass) == [.hesiod])
    }

    @Test(arguments: [
        ("ttl exact web.default.svc.cluster.local 30-60", 30), ("ttl regex .* -3", 3),
    ])
    func `D99 a TTL is brought within limits`(_ rule: String, _ ttl: UInt32) throws {
        let cluster = try SmallCluster()
        var server = try Self.server("rewrite \(rule)", cluster)
        let said = try server.ask("web.default.svc.cluster.local")
        #expect(said.message?.answers.map(\.ttl) == [ttl])
    }

    @Test func `D99 one code becomes another`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server("rewrite rcode regex .* NXDOMAIN NOERROR", cluster)
        #expect(
            try server.ask("no.default.svc.cluster.local").message?.responseCode == .noError)
        #expect(try server.ask("a.b", .axfr).message?.responseCode == .refused)
    }

    @Test func `a name that becomes too long is no name, and nothing is said of it`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server(
            "rewrite name regex (.*)\\.x\\. {1}.{1}.{1}.{1}.{1}. answer auto", cluster)
        let said = try server.ask(String(repeating: "abcdefgh.", count: 8) + "x.")
        #expect(said.message?.responseCode == .serverFailure)
    }

    @Test func `an upstream is asked for the other name, and the client gets its own`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server("rewrite name a.org b.org", cluster) {
            $0.upstream?.cache = 0
        }
        _ = try server.ask("warm.default.svc.cluster.local")
        let pending = try #require(
            Self.server("rewrite name A.org b.org", cluster).asking("A.oRg").pending)
        #expect(pending.lookup == (try DomainName("b.org")))
        let asked = try #require(AskedMessage(pending))
        var found = Message()
        found.flags = .response
        found.answers = [
            Record(try DomainName("b.org"), .cname, ttl: 9, data: try DomainName("c.org").wire),
            Record(try DomainName("c.org"), .a, ttl: 9, data: [1, 2, 3, 4]),
        ]
        let reply = try Message(decoding: asked.reply(found))
        #expect(reply.answerTexts == ["A.oRg. CNAME c.org.", "c.org. A 1.2.3.4"])
        #expect(reply.questions.map(\.name.wire) == [try DomainName("A.oRg").wire])
        let failed = try Message(decoding: asked.reply(.serverFailure, nil))
        #expect(failed.questions.map(\.name.wire) == [try DomainName("A.oRg").wire])
    }

    @Test func `what is kept is kept under the other name, and every client gets its own`() throws {
        let cluster = try SmallCluster()
        let cache = try ResolverCache(CacheSettings(), readers: cluster.epochs)
        var detour = Detour.Parts()
        detour.rewrites = try block("rewrite name suffix .one. .kept. answer auto").rewrites
        var parts = ServedBlock.Parts()
        parts.detour = Detour(detour)
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        parts.upstream?.cache = 0
        var server = try AskedServer(parts, readers: cluster.epochs, caches: [cache.reader])
        let pending = try #require(try server.ask("x.one").pending)
        let asked = try #require(AskedMessage(pending))
        var found = Message()
        found.answers = [Record(try DomainName("x.kept"), .a, ttl: 9, data: [1, 2, 3, 4])]
        found.questions = [Message.Question(try DomainName("x.kept"), .a)]
        _ = cache.keep(found, asked, at: MonotonicTime.now.seconds)
        #expect(try server.ask("X.one").message?.answerTexts == ["X.one. A 1.2.3.4"])
        #expect(try server.ask("x.kept").message?.answerTexts == ["x.kept. A 1.2.3.4"])
    }

    @Test(arguments: [
        ("block net 10.1.0.0/16", "10.1.0.1"), ("filter net 10.1.0.0/16", "10.1.0.1"),
        ("drop net 10.1.0.0/16", "10.1.0.1"),
    ])
    func `D73 whoever may not ask for a name does not get it by another`(
        _ rule: String, _ client: String
    ) throws {
        let cluster = try SmallCluster()
        for zone in ["default.svc.cluster.local", "a.org"] {
            var list = try block("acl \(zone) {\n\(rule)\n}").accessRules.flatMap { rule in
                rule.policies.map { policy in
                    var made = AccessList.Rule(
                        policy.action == .block ? .block : policy.action == .drop ? .drop : .filter,
                        networks: policy.networks)
                    made.zones = rule.zones.map(ZoneSuffix.init)
                    return made
                }
            }
            list.append(AccessList.Rule(.allow))
            var server = try Self.server(
                "rewrite name a.org web.default.svc.cluster.local", cluster
            ) { $0.access = AccessList(list) }
            let denied = try server.ask("a.org", from: client)
            #expect(denied.message?.answers.isEmpty ?? true)
            let others = try server.ask("a.org", from: "10.2.0.1")
            #expect(others.message?.answerTexts == ["a.org. A 10.96.0.1"])
        }
    }

    @Test func `a reply is cut to what the client takes`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server("rewrite ttl regex .* 5", cluster)
        let name = String(repeating: "abcdefg.", count: 25) + "web.default.svc.cluster.local"
        let said = try server.ask(name) { $0.edns = EDNS(payloadSize: 512) }
        #expect(said.message?.responseCode == .nameError)
        #expect(said.message?.edns?.payloadSize == 1232)
    }
}

extension AskedServer {
    consuming func asking(_ name: String) throws -> Said {
        var server = self
        return try server.ask(name)
    }
}
