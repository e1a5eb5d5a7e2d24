import Network
import Platform
import Testing

@testable import DNS

/// Who may ask, where a Corefile says so: CoreDNS's way for a server that the world can reach.
@Suite struct AccessTests {
    private static let rules = """
        acl {
            allow net 127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10
            allow net fc00::/7 fe80::/10
            block
        }
        """

    private func parts(
        _ cluster: borrowing SmallCluster, _ rules: String = rules
    ) throws -> ServedBlock.Parts {
        let plan = try ServerPlan(corefile(".:53 {\n\(rules)\nforward . 192.0.2.1\n}\n"), .test)
        let builder = CatalogBuilder(
            plan, [], [], .test, .test, LoopWatch(), AnswerBook(), nil)
        let catalog = try #require(try builder.catalogs().values.first)
        var parts = ServedBlock.Parts()
        parts.cluster = try cluster.zone()
        parts.access = catalog.blocks[0].access
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        return parts
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("10.1.0.1", true), ("172.31.0.1", true), ("172.32.0.1", false),
        ("192.168.7.7", true), ("100.127.0.1", true), ("100.128.0.1", false),
        ("198.51.100.1", false), ("::1", true), ("fd00::1", true), ("fe80::1", true),
        ("2001:db8::1", false),
    ])
    func `X4 who is outside of the networks that may ask is refused`(
        client: String, isInside: Bool
    ) throws {
        let cluster = try SmallCluster()
        var server = try AskedServer(parts(cluster), readers: cluster.epochs)
        for transport in [Client.Transport.udp, .tcp] {
            for name in [web, "nothing.default.svc.cluster.local"] {
                let message = try #require(
                    try server.ask(name, from: client, by: transport).message)
                #expect((message.responseCode != .refused) == isInside)
                #expect(isInside || message.answers.isEmpty && message.authorities.isEmpty)
            }
            let elsewhere = try server.ask("www.example.com", from: client, by: transport)
            #expect((elsewhere.pending != nil) == isInside)
        }
    }

    @Test(
        arguments: [
            ("block net 198.51.100.0/24", ResponseCode.refused),
            ("filter net 198.51.100.0/24", .noError),
            ("drop net 198.51.100.0/24", nil),
        ] as [(String, ResponseCode?)])
    func `X22 what others have brought into the cache is not for who may not ask`(
        rule: String, expected: ResponseCode?
    ) throws {
        let cluster = try SmallCluster()
        var writer = try CacheWriter(CacheSettings(), readers: cluster.epochs)
        let name = "www.example.com"
        let kept = try reply(name, .a, .noError, [try address(name)])
        writer.store(kept, for: try key(name), at: MonotonicTime.now.seconds)
        var parts = try parts(cluster, "acl {\n\(rule)\n}")
        parts.upstream?.cache = 0
        var server = try AskedServer(
            parts, readers: cluster.epochs, caches: [writer.reader()])
        for transport in [Client.Transport.udp, .tcp] {
            #expect(try server.ask(name, by: transport).message?.answers.count == 1)
            let said = try server.ask(name, from: "198.51.100.9", by: transport)
            #expect(said.pending == nil)
            #expect(said.message?.responseCode == expected)
            #expect(said.message?.answers.isEmpty ?? true)
        }
    }
}
