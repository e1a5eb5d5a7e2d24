import FuzzSupport
import Network
import Platform
import TestSupport
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct NameFloodTests {
        /// The upstream answers names of example.com, and never those of a zone that is flooded.
        private func upstream() throws -> FakeUpstream {
            let flooded = try DomainName("flood.example")
            return try FakeUpstream { asked in
                let isFlood = asked.message.questions.first?.name.isWithin(flooded) ?? true
                return isFlood ? [] : [.reply { $0.answers[0].ttl = 3600 }]
            }
        }

        @Test func `X12 a flood of names waits in bounds, and names in the cache are answered`()
            throws
        {
            let upstream = try upstream()
            let text = """
                .:PORT {
                    forward . \(upstream.address) {
                        max_concurrent 50
                    }
                    cache
                    prometheus 127.0.0.1:0
                }
                """
            try withServer(text) { server throws in
                let used = (0..<20).map { "name-\($0).example.com" }
                for name in used {
                    #expect(try eventually { try server.askFirst(name)?.answers.count == 1 })
                }
                let client = try DatagramClient(
                    AddressAndPort(.v4(.loopback), server.port))
                var codes: [ResponseCode: Int] = [:]
                // As many as there is room for in the client's socket.
                for number in 0..<200 {
                    #expect(try client.send("x\(number).flood.example"))
                    while let reply = try client.receive() {
                        codes[reply.responseCode, default: 0] += 1
                    }
                }
                // With fifty under way, whatever is not in the cache is refused.
                for name in used { #expect(try server.ask(name)?.answers.count == 1) }
                while codes.values.reduce(0, +) < 200 {
                    let reply = try #require(
                        try client.receive(within: .seconds(20)), "\(codes)")
                    codes[reply.responseCode, default: 0] += 1
                    if reply.responseCode == .serverFailure { #expect(reply.answers.isEmpty) }
                }
                // Each has one reply; beyond fifty at once nobody is asked.
                #expect(Set(codes.keys).isSubset(of: [.refused, .serverFailure]))
                #expect(codes[.refused, default: 0] >= 50, "\(codes)")
                let body = try server.get("/metrics", .metrics)?.body ?? ""
                #expect(body.contains("coredns_forward_max_concurrent_rejects_total"))
            }
        }
    }
}

@Suite struct CacheFloodTests {
    @Test
    func `X14 twenty-five thousand names take the memory that the cache may have, and no more`()
        throws
    {
        let cache = try CacheUnderTest()
        let settings = CacheSettings()
        var most = 0
        for number in 0..<25_000 {
            let name = "x\(number).example.com"
            cache.writer.store(
                try reply(name, .a, .noError, [try address(name, ttl: 3600)]), for: try key(name),
                at: 0)
            most = max(most, cache.writer.bytes())
            try #require(cache.writer.count(.success) <= settings.success.capacity)
        }
        #expect(most <= settings.bytes)
        let (half, evictions) = (settings.success.capacity / 2, cache.writer.evictions(.success))
        #expect(cache.writer.count(.success) >= half)
        #expect(evictions >= 15_000)
        // What is held does not grow with what has come and gone.
        #expect(most <= 2 * cache.writer.bytes())
    }

    @Test func `X13 names that the cluster has not take no place in the cache`() throws {
        let cluster = try SmallCluster()
        let writer = try CacheWriter(CacheSettings(), readers: cluster.epochs)
        var parts = ServedBlock.Parts()
        parts.cluster = try cluster.zone()
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        parts.upstream?.cache = 0
        var server = try AskedServer(parts, readers: cluster.epochs, caches: [writer.reader()])
        for number in 0..<1000 {
            let message = try server.ask("x\(number).default.svc.cluster.local").message
            #expect(message?.responseCode == .nameError)
        }
        let (bytes, count) = (writer.bytes(), writer.count(.denial))
        #expect(bytes == 0 && count == 0)
    }
}

@Suite struct `Mutated questions` {
    /// Kibibytes of this process that are in memory.
    private static func resident() throws -> Int {
        let text = String(decoding: try File.read("/proc/self/statm"), as: UTF8.self)
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }

    @Test func `X1 thirty thousand of them are survived, and memory is as it was`() async throws {
        await #expect(processExitsWith: .success) {
            for name in ["dns.query", "dns.message"] {
                let target = try #require(FuzzTargets.all.first { $0.name == name })
                target.run(seed: 3, iterations: 0..<5000)
                let before = try Self.resident()
                target.run(seed: 3, iterations: 5000..<30_000)
                let after = try Self.resident()
                try #require(after <= before + 1024, "\(name): \(before) KiB, then \(after)")
            }
        }
    }

    /// A name that points to itself, to the pointer behind it, round in a circle, far and ahead.
    @Test(
        arguments: [
            [0xc0, 12], [0xc0, 14, 0xc0, 12], [1, 97, 0xc0, 12], [0xff, 0xff], [0xc0, 0xff],
            [63] + [UInt8](repeating: 97, count: 63) + [0xc0, 12], [0xc0, 0],
        ] as [[UInt8]])
    func `X1 a name that leads round in a circle comes to an end`(name: [UInt8]) throws {
        var message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + name + [0, 1, 0, 1]
        // As a question, which has no pointers.
        let reply = try #require(try served().ask(message))
        #expect(reply.message.responseCode == .formatError)
        // As a reply, in which they lead back only.
        message[2] = 0x81
        #expect((try? Message(decoding: message)) == nil)
    }
}
