import Network
import Platform
import Synchronization
import Testing

@testable import DNS

@Suite struct SearchTests {
    private static func server(
        _ cluster: borrowing SmallCluster, _ host: [String] = ["corp.example"],
        counts: SharedCounts = SharedCounts(),
        _ change: (inout ServedBlock.Parts) -> Void = { _ in }
    ) throws -> AskedServer {
        let zone = try cluster.zone()
        var detour = Detour.Parts()
        detour.search = SearchList(
            .pods(zone, try host.map { try DomainName($0) }), zones: [.root])
        var parts = ServedBlock.Parts()
        parts.cluster = zone
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        parts.detour = Detour(detour)
        change(&parts)
        return try AskedServer(parts, readers: cluster.epochs, counts: counts)
    }

    @Test(arguments: [
        ("web.default.svc.cluster.local", ["web.default.svc.cluster.local. A 10.96.0.1"]),
        (
            "Web.Default.default.svc.cluster.local",
            [
                "Web.Default.default.svc.cluster.local. CNAME web.default.svc.cluster.local.",
                "web.default.svc.cluster.local. A 10.96.0.1",
            ]
        ),
        (
            "web.default.svc.default.svc.cluster.local",
            [
                "web.default.svc.default.svc.cluster.local. CNAME web.default.svc.cluster.local.",
                "web.default.svc.cluster.local. A 10.96.0.1",
            ]
        ),
    ])
    func `D91 a name is found where the client would find it`(
        _ name: String, _ answers: [String]
    ) throws {
        let cluster = try SmallCluster()
        var server = try Self.server(cluster)
        let said = try server.ask(name)
        #expect(said.message?.answerTexts == answers)
        #expect(said.message?.questions.map(\.name.wire) == [try DomainName(name).wire])
    }

    @Test func `D91 names of elsewhere are asked for in turn`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server(cluster)
        let pending = try #require(
            try server.ask("www.example.com.default.svc.cluster.local").pending)
        #expect(
            ([pending] + pending.alternatives).map(\.lookup.description) == [
                "www.example.com.corp.example.", "www.example.com.",
            ])
        let resort = try Message(decoding: pending.lastResort)
        #expect(resort.responseCode == .nameError && resort.answers.isEmpty)
        #expect(
            resort.questions.map(\.name.description)
                == ["www.example.com.default.svc.cluster.local."])
    }

    @Test(arguments: [
        ("10.1.0.99", "default"), ("10.1.0.1", "other"),
    ])
    func `D91 a client that is unknown, or of another namespace, is answered as it asks`(
        _ client: String, _ namespace: String
    ) throws {
        var cluster = try SmallCluster()
        cluster.use(pods: [("a", "default", ["10.1.0.1"]), ("c", "other", ["10.9.9.9"])])
        var server = try Self.server(cluster)
        let said = try server.ask("web.default.\(namespace).svc.cluster.local", from: client)
        #expect(said.message?.responseCode == .nameError)
    }

    @Test func `D91 pods that share an address each have the list of their namespace`() throws {
        var cluster = try SmallCluster()
        cluster.use(pods: [
            ("a", "default", ["10.9.9.9"]), ("b", "other", ["10.9.9.9"]),
            ("gone", "third", ["10.9.9.8"]),
        ])
        var server = try Self.server(cluster)
        for (namespace, isFound) in [("default", true), ("other", true), ("third", false)] {
            let name = "web.default.\(namespace).svc.cluster.local"
            #expect(try server.ask(name, from: "10.9.9.9").texts.isEmpty != isFound)
        }
    }

    @Test func `a list from a file is every client's`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server(cluster) {
            var detour = Detour.Parts()
            let domains = ["corp.example", "default.svc.cluster.local"]
            detour.search = SearchList(
                .fixed(domains.compactMap { try? DomainName($0) }), zones: [.root])
            $0.detour = Detour(detour)
        }
        let pending = try server.ask("web.corp.example", from: "192.0.2.1").pending
        #expect(pending?.lookup == (try DomainName("web.corp.example")))
        #expect(pending?.alternatives.isEmpty == true)
        let resort = try Message(decoding: try #require(pending).lastResort)
        #expect(
            resort.answerTexts == [
                "web.corp.example. CNAME web.default.svc.cluster.local.",
                "web.default.svc.cluster.local. A 10.96.0.1",
            ])
        #expect(try server.ask("web.other.example").pending?.alternatives.isEmpty == true)
    }

    @Test(arguments: [AccessList.Verdict.block, .drop])
    func `D73 D91 what a client may not ask for is not found for it`(
        _ verdict: AccessList.Verdict
    ) throws {
        let cluster = try SmallCluster()
        var rule = AccessList.Rule(verdict)
        rule.zones = ["web.default.svc.cluster.local", "blocked.example"].compactMap {
            (try? DomainName($0)).map(ZoneSuffix.init)
        }
        var server = try Self.server(cluster, []) { $0.access = AccessList([rule]) }
        let inside = try server.ask("web.default.default.svc.cluster.local")
        #expect(inside.texts.isEmpty)
        // Nor is anybody else asked for it.
        let outside = try server.ask("www.blocked.example.default.svc.cluster.local")
        #expect(outside.message?.responseCode == .nameError && outside.pending == nil)
        let own = try server.ask("web.default.svc.cluster.local")
        #expect(own.message?.responseCode == (verdict == .block ? .refused : nil))
    }

    @Test func `however many names are tried, one question is counted`() throws {
        let cluster = try SmallCluster()
        let counts = SharedCounts()
        var server = try Self.server(cluster, [], counts: counts)
        let found = try server.ask("web.default.default.svc.cluster.local")
        #expect(found.texts.count == 2)
        #expect(try server.ask("a.b.default.svc.cluster.local").pending != nil)
        let cells = counts.cells(of: 0)
        let replies = cells[CountPlace.responses..<CountPlace.requestSizes]
        #expect(replies.reduce(0, +) == 1 && cells[CountPlace.searches] == 1)
    }

    @Test func `who sends a cookie gets one with what others know`() throws {
        let cluster = try SmallCluster()
        var server = try Self.server(cluster)
        let said = try server.ask("www.example.com.default.svc.cluster.local") {
            $0.edns = EDNS(payloadSize: 1232)
            $0.edns?.options = [EDNS.Option(.cookie, Array(1...8))]
        }
        let pending = try #require(said.pending)
        #expect(pending.cookie != nil && pending.alternatives.allSatisfy { $0.cookie != nil })
        let resort = try Message(decoding: pending.lastResort)
        #expect(resort.edns?.options.map(\.data.count) == [24])
    }

    private static func resolver(asking upstream: FakeUpstream) throws -> Resolver {
        let pool = ForwardSettings([ForwardSettings.Upstream(upstream.address, .udp)])
        return try Resolver([pool], caches: [], loops: LoopWatch())
    }

    @Test func `a failure is not made to mean that there is no such name`() throws {
        let upstream = try FakeUpstream { _ in
            [
                .reply { message in
                    let isFirst = message.questions[0].name.labelCount == 5
                    message.responseCode = isFirst ? .serverFailure : .nameError
                }
            ]
        }
        let cluster = try SmallCluster()
        var server = try Self.server(cluster)
        let resolver = try Self.resolver(asking: upstream)
        defer { resolver.stop() }
        let pending = try #require(
            try server.ask("www.example.com.default.svc.cluster.local").pending)
        let place = KeptReply()
        resolver.take(pending, replyTo: place)
        let reply = try Message(decoding: try #require(place.wait()))
        #expect(reply.responseCode == .serverFailure)
        #expect(upstream.questions.count == 2)
    }

    @Test func `an upstream is asked for one name after the other`() throws {
        let upstream = try FakeUpstream { asked in
            [
                .reply { message in
                    let question = message.questions[0]
                    if question.name.labelCount > 3 {
                        message.responseCode = .nameError
                    } else {
                        message.answers = [
                            Record(question.name, .a, ttl: 7, data: [192, 0, 2, 80])
                        ]
                    }
                }
            ]
        }
        let cluster = try SmallCluster()
        var server = try Self.server(cluster)
        let resolver = try Self.resolver(asking: upstream)
        defer { resolver.stop() }
        let pending = try #require(
            try server.ask("www.example.com.default.svc.cluster.local").pending)
        let place = KeptReply()
        resolver.take(pending, replyTo: place)
        let reply = try #require(place.wait())
        #expect(
            try Message(decoding: reply).answerTexts == [
                "www.example.com.default.svc.cluster.local. CNAME www.example.com.",
                "www.example.com. A 192.0.2.80",
            ])
        let none = try #require(
            try server.ask("a.b.c.d.default.svc.cluster.local").pending)
        let nothing = KeptReply()
        resolver.take(none, replyTo: nothing)
        #expect(nothing.wait() == none.lastResort)
        #expect(upstream.questions.count == 4)
    }
}

/// Keeps the reply for whoever waits for it.
final class KeptReply: ReplyPlace {
    private let kept = Mutex<[UInt8]?>(nil)

    func reply(_ message: [UInt8]) { kept.withLock { $0 = message } }

    /// Nil if none comes.
    func wait() -> [UInt8]? {
        let deadline = MonotonicTime.now + .seconds(20)
        while MonotonicTime.now < deadline {
            if let message = kept.withLock(\.self) { return message }
            sleep(for: .milliseconds(2))
        }
        return nil
    }
}
