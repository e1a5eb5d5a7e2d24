import Testing

@testable import DNS

@Suite struct StaleTests {
    private let name = "www.example.com"

    private func cache(
        verifies: Bool = false, _ change: (inout CacheSettings) -> Void = { _ in }
    ) throws -> CacheUnderTest {
        let cache = try CacheUnderTest { settings in
            settings.stale = CacheSettings.Stale()
            settings.stale?.verifies = verifies
            change(&settings)
        }
        cache.writer.store(
            try reply(name, .a, .noError, [address(name, ttl: 100)]), for: try key(name), at: 0)
        return cache
    }

    @Test
    func `D86 RFC 8767 an old answer is given for an hour, to be fetched anew by one asker`() throws
    {
        let cache = try cache()
        let first = try #require(try cache.ask(name, at: 100))
        #expect(first.hit.isStale && first.hit.wantsRefresh)
        #expect(first.message.answers[0].ttl == 30)
        let second = try #require(try cache.ask(name, at: 101))
        #expect(second.hit.isStale && !second.hit.wantsRefresh)
        #expect(try cache.ask(name, at: 3699) != nil)
        #expect(try cache.ask(name, at: 3700) == nil)
        let stale = cache.reader.counts.stale
        #expect(stale == 3)
    }

    @Test func `a refresh that was never heard of is asked for again`() throws {
        let cache = try cache()
        let wishes = try [100, 109, 110, 111].map { try cache.ask(name, at: $0)?.hit.wantsRefresh }
        #expect(wishes == [true, false, true, false])
    }

    @Test
    func `D86 RFC 8767 after a failure the old answer stays, and nobody asks for 30 seconds`()
        throws
    {
        let cache = try cache()
        #expect(try cache.ask(name, at: 100)?.hit.wantsRefresh == true)
        cache.writer.storeFailure(for: try key(name), at: 102)
        let wishes = try [103, 131, 132].map { try cache.ask(name, at: $0)?.hit.wantsRefresh }
        #expect(wishes == [false, false, true])
        cache.writer.store(try reply(name, .a, .refused), for: try key(name), at: 133)
        #expect(try cache.ask(name, at: 134)?.hit.responseCode == .noError)
        cache.writer.store(
            try reply(name, .a, .noError, [address(name, ttl: 50, 9)]), for: try key(name), at: 140)
        #expect(try cache.ask(name, at: 140)?.message.answers == [try address(name, ttl: 50, 9)])
    }

    @Test func `D86 an old answer waits for an attempt where that is wanted`() throws {
        let cache = try cache(verifies: true)
        #expect(try cache.ask(name, at: 100) == nil)
        #expect(try cache.ask(name, at: 100, acceptsStale: true)?.hit.isStale == true)
        cache.writer.storeFailure(for: try key(name), at: 101)
        #expect(try cache.ask(name, at: 102)?.hit.isStale == true)
        #expect(try cache.ask(name, at: 131) == nil)
    }

    @Test func `a failure is never given beyond its time`() throws {
        let cache = try cache()
        cache.writer.storeFailure(for: try key("down.example.com"), at: 0)
        #expect(try cache.ask("down.example.com", at: 4)?.hit.kind == .failure)
        #expect(try cache.ask("down.example.com", at: 5, acceptsStale: true) == nil)
    }

    @Test func `D86 nothing old is given unless that is wanted`() throws {
        let cache = try cache { $0.stale = nil }
        #expect(try cache.ask(name, at: 100, acceptsStale: true) == nil)
        cache.writer.storeFailure(for: try key(name), at: 101)
        #expect(try cache.ask(name, at: 101)?.hit.kind == .failure)
    }

    @Test func `a failure does not displace an answer that is still good`() throws {
        let cache = try cache { $0.stale = nil }
        cache.writer.storeFailure(for: try key(name), at: 90)
        #expect(try cache.ask(name, at: 91)?.hit.kind == .success)
    }
}

@Suite struct PrefetchTests {
    private let name = "www.example.com"

    private func cache(amount: UInt32, ttl: UInt32 = 100) throws -> CacheUnderTest {
        let cache = try CacheUnderTest {
            $0.prefetch = CacheSettings.Prefetch(amount: amount)
        }
        cache.writer.store(
            try reply(name, .a, .noError, [address(name, ttl: ttl)]), for: try key(name), at: 0)
        return cache
    }

    @Test(arguments: [
        ([88, 88, 89, 90, 90], [false, false, false, true, false]),
        ([90, 90, 90, 91], [false, false, true, false]),
        // Nothing for longer than a minute: counted from one again.
        ([1, 2, 90, 91, 92], [false, false, false, false, true]),
        ([1, 2, 62, 90], [false, false, false, true]),
    ])
    func `D86 what was asked for three times is fetched in its last tenth, once`(
        moments: [UInt32], expected: [Bool]
    ) throws {
        let cache = try cache(amount: 3)
        #expect(try moments.map { try cache.ask(name, at: $0)?.hit.wantsRefresh } == expected)
        let prefetches = cache.reader.counts.prefetches
        #expect(prefetches == 1)
    }

    @Test func `the shortest of lives has a last tenth too`() throws {
        let cache = try cache(amount: 1, ttl: 5)
        #expect(try [3, 4].map { try cache.ask(name, at: $0)?.hit.wantsRefresh } == [false, true])
    }

    @Test func `the new answer has to be asked for as often again`() throws {
        let cache = try cache(amount: 2)
        #expect(
            try [95, 95].map { try cache.ask(name, at: $0)?.hit.wantsRefresh } == [false, true])
        cache.writer.store(
            try reply(name, .a, .noError, [address(name, ttl: 10)]), for: try key(name), at: 96)
        let wishes = try [105, 105].map { try cache.ask(name, at: $0)?.hit.wantsRefresh }
        #expect(wishes == [false, true])
    }

    @Test func `a refresh that failed is not tried again at once`() throws {
        let cache = try cache(amount: 1, ttl: 1000)
        #expect(try cache.ask(name, at: 900)?.hit.wantsRefresh == true)
        cache.writer.storeFailure(for: try key(name), at: 902)
        let wishes = try [903, 931, 932].map { try cache.ask(name, at: $0)?.hit.wantsRefresh }
        #expect(wishes == [false, false, true])
    }
}
