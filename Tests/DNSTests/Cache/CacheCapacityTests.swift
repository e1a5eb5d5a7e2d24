import Testing

@testable import DNS

@Suite struct CacheCapacityTests {
    private func positive(_ name: String, _ records: Int = 1) throws -> Message {
        try reply(name, .a, .noError, (0..<records).map { try address(name, ttl: 3600, UInt8($0)) })
    }

    private func negative(_ name: String) throws -> Message {
        try reply(
            name, .a, .nameError, [], [authority("example.com", ttl: 900, minimum: 900)])
    }

    /// A random walk through everything that changes the cache.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `D83 it never holds more entries or bytes than it may`(seed: UInt64) throws {
        var random = Numbers(state: seed)
        let budget = [20_000, 60_000, 1 << 20][Int(seed % 3)]
        let cache = try CacheUnderTest { settings in
            settings.success.capacity = 40
            settings.denial.capacity = 25
            settings.bytes = budget
            settings.stale = seed % 2 == 0 ? CacheSettings.Stale() : nil
        }
        for now in 0..<UInt32(4000) {
            let name = "n\(random.next(below: 120)).example.com"
            switch random.next(below: 8) {
            case 0...2:
                cache.writer.store(
                    try positive(name, random.next(below: 60)), for: try key(name), at: now)
            case 3, 4: cache.writer.store(try negative(name), for: try key(name), at: now)
            case 5: cache.writer.storeFailure(for: try key(name), at: now)
            case 6: cache.writer.remove(try key(name))
            default: _ = try cache.ask(name, at: now)
            }
            let (successes, denials) = (cache.writer.count(.success), cache.writer.count(.denial))
            let bytes = cache.writer.bytes()
            try #require(successes <= 40 && denials <= 25 && bytes <= budget)
        }
        let evictions = cache.writer.evictions(.success)
        #expect(evictions > 0)
        cache.writer.expire(at: .max, steps: 1000)
        let left = cache.writer.count(.success) + cache.writer.count(.denial)
        let bytes = cache.writer.bytes()
        #expect(left == 0 && bytes == 0)
    }

    @Test func `names in use outlive a flood of names that are not`() throws {
        let cache = try CacheUnderTest { $0.success.capacity = 1000 }
        let hot = (0..<100).map { "hot-\($0).example.com" }
        for name in hot { cache.writer.store(try positive(name), for: try key(name), at: 0) }
        var (hits, asked) = (0, 0)
        for number in 0..<6000 {
            let flood = "x\(number).example.com"
            cache.writer.store(try positive(flood), for: try key(flood), at: 0)
            let name = hot[number * 7 % hot.count]
            asked += 1
            if try cache.ask(name, at: 0, limit: 512) != nil {
                hits += 1
            } else {
                cache.writer.store(try positive(name), for: try key(name), at: 0)
            }
        }
        #expect(hits * 100 >= asked * 99, "\(hits) of \(asked)")
    }

    @Test func `D83 denials take no room from answers`() throws {
        let cache = try CacheUnderTest { $0.denial.capacity = 500 }
        cache.writer.store(try positive("www.example.com"), for: try key("www.example.com"), at: 0)
        for number in 0..<1500 {
            let name = "x\(number).example.com"
            cache.writer.store(try negative(name), for: try key(name), at: 0)
        }
        #expect(try cache.ask("www.example.com", at: 1) != nil)
        let denials = cache.writer.count(.denial)
        let evictions = [CacheKind.success, .denial].map { cache.writer.evictions($0) }
        #expect(denials == 500)
        #expect(evictions == [0, 1000])
    }

    @Test func `what has ended leaves step by step`() throws {
        let cache = try CacheUnderTest()
        for number in 0..<100 {
            let name = "x\(number).example.com"
            cache.writer.store(try positive(name), for: try key(name), at: 0)
        }
        cache.writer.expire(at: 3600, steps: 30)
        let afterSome = cache.writer.count(.success)
        cache.writer.expire(at: 3600, steps: 70)
        let afterAll = cache.writer.count(.success)
        #expect(afterSome == 70 && afterAll == 0)
    }

    @Test func `an answer too large for the cache is not kept`() throws {
        let cache = try CacheUnderTest { $0.bytes = 16_000 }
        let name = "www.example.com"
        cache.writer.store(try positive(name, 40), for: try key(name), at: 0)
        #expect(try cache.ask(name, at: 0) == nil)
        cache.writer.store(try positive(name, 4), for: try key(name), at: 0)
        #expect(try cache.ask(name, at: 0) != nil)
    }
}

/// Numbers that are the same in each run.
private struct Numbers {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
