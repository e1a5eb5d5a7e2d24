import Testing

@testable import DNS

@Suite struct CachedAnswerTests {
    private let name = "www.example.com"

    @Test func `D84 TTLs count down and never reach zero`() throws {
        let cache = try CacheUnderTest()
        cache.writer.store(
            try reply(name, .a, .noError, [address(name)]), for: try key(name), at: 100)
        let ttls = try [100, 101, 399, 400].map {
            try cache.ask(name, at: $0)?.message.answers.map(\.ttl)
        }
        #expect(ttls == [[300], [299], [1], nil])
        // Threads look at their clocks at different moments.
        #expect(try cache.ask(name, at: 99)?.message.answers[0].ttl == 300)
    }

    @Test func `D84 TTLs stay as they are where the operator wants that`() throws {
        let cache = try CacheUnderTest { $0.keepsTTL = true }
        cache.writer.store(
            try reply(name, .a, .noError, [address(name)]), for: try key(name), at: 100)
        #expect(try cache.ask(name, at: 390)?.message.answers[0].ttl == 300)
    }

    @Test func `D38 the asker's case is kept, and names that end alike follow it`() throws {
        let cache = try CacheUnderTest()
        let records = [try alias(name, to: "web.example.com"), try address("web.example.com")]
        cache.writer.store(try reply(name, .a, .noError, records), for: try key(name), at: 0)
        let answer = try #require(try cache.ask("WwW.eXample.cOM", at: 1))
        #expect(answer.message.questions[0].name.wire == (try DomainName("WwW.eXample.cOM")).wire)
        #expect(answer.message.answers[0].name.wire == (try DomainName("WwW.eXample.cOM")).wire)
        #expect(answer.message.answers.map(\.name) == records.map(\.name))
        #expect(answer.message.answers.map(\.data.count) == records.map(\.data.count))
    }

    @Test func `RFC 3597 data of unknown types passes untouched`() throws {
        let cache = try CacheUnderTest()
        let type = RecordType(rawValue: 65400)
        let record = Record(try DomainName(name), type, ttl: 30, data: [1, 2, 3, 4])
        cache.writer.store(
            try reply(name, type, .noError, [record]), for: try key(name, type), at: 0)
        #expect(try cache.ask(name, type, at: 0)?.message.answers == [record])
    }

    @Test func `D83 type, class, DO and CD each have answers of their own`() throws {
        let cache = try CacheUnderTest()
        let message = try reply(name, .a, .noError, [address(name)])
        cache.writer.store(message, for: try key(name), at: 0)
        #expect(try cache.ask(name, at: 0) != nil)
        #expect(try cache.ask(name, .aaaa, at: 0) == nil)
        #expect(try cache.ask(name, .a, .chaos, at: 0) == nil)
        #expect(try cache.ask(name, wantsDNSSEC: true, at: 0) == nil)
        #expect(try cache.ask(name, checkingDisabled: true, at: 0) == nil)
        let other = CacheKey(try DomainName(name), .a, wantsDNSSEC: true, checkingDisabled: true)
        cache.writer.store(message, for: other, at: 0)
        #expect(try cache.ask(name, wantsDNSSEC: true, checkingDisabled: true, at: 0) != nil)
        #expect(try cache.ask(name, wantsDNSSEC: true, at: 0) == nil)
        let misses = cache.reader.counts.misses
        #expect(misses == 5)
    }

    @Test func `D87 RFC 6840 only who can read it is told that data is authentic`() throws {
        let cache = try CacheUnderTest()
        var message = try reply(name, .a, .noError, [address(name)])
        message.flags.insert(.authenticData)
        cache.writer.store(message, for: try key(name), at: 0)
        #expect(try cache.ask(name, at: 0)?.hit.isAuthentic == false)
        #expect(try cache.ask(name, authenticData: true, at: 0)?.hit.isAuthentic == true)
    }

    @Test func `denials and failures are given with their codes`() throws {
        let cache = try CacheUnderTest()
        let soa = try authority("example.com", ttl: 900, minimum: 30)
        cache.writer.store(
            try reply(name, .a, .nameError, [], [soa]), for: try key(name), at: 0)
        cache.writer.storeFailure(extendedError: 22, for: try key("down.example.com"), at: 0)
        let denial = try #require(try cache.ask(name, at: 10))
        #expect(denial.hit.kind == .denial && denial.message.responseCode == .nameError)
        #expect(denial.message.authorities.map(\.ttl) == [20])
        #expect(denial.message.authorities[0].data == soa.data)
        let failure = try #require(try cache.ask("down.example.com", at: 4))
        #expect(failure.hit.responseCode == .serverFailure && failure.hit.extendedError == 22)
        #expect(try cache.ask("down.example.com", at: 5) == nil)
        let counts = cache.reader.counts
        #expect(counts.denials == 2 && counts.misses == 1 && counts.requests == 3)
    }

    @Test func `a newer answer takes the place of an older one`() throws {
        let cache = try CacheUnderTest()
        let soa = try authority("example.com", ttl: 900, minimum: 30)
        let found = try reply(name, .a, .noError, [address(name)])
        cache.writer.store(found, for: try key(name), at: 0)
        cache.writer.store(try reply(name, .a, .nameError, [], [soa]), for: try key(name), at: 1)
        #expect(try cache.ask(name, at: 2)?.hit.kind == .denial)
        let counts = CacheKind.allCases.prefix(2).map { cache.writer.count($0) }
        #expect(counts == [0, 1])
        let brief = try reply(name, .a, .noError, [address(name, ttl: 0)])
        cache.writer.store(brief, for: try key(name), at: 3)
        #expect(try cache.ask(name, at: 3) == nil)
    }

    @Test func `D84 what is cut short or answers something else is not taken`() throws {
        let cache = try CacheUnderTest()
        cache.writer.store(
            try reply(name, .a, .noError, [address(name)]), for: try key(name), at: 0)
        var cut = try reply(name, .a, .noError, [address(name, 2)])
        cut.flags.insert(.truncated)
        cache.writer.store(cut, for: try key(name), at: 1)
        let other = try reply("other.example.com", .a, .noError, [address("other.example.com")])
        cache.writer.store(other, for: try key(name), at: 1)
        #expect(try cache.ask(name, at: 1)?.message.answers == [try address(name, ttl: 299)])
        let drops = cache.writer.drops
        #expect(drops == 1)
    }

    @Test func `addresses take turns, and aliases stay in front`() throws {
        let cache = try CacheUnderTest()
        let target = "web.example.com"
        let addresses = try (1...3).map { try address(target, UInt8($0)) }
        let records = try [alias(name, to: target)] + addresses
        cache.writer.store(try reply(name, .a, .noError, records), for: try key(name), at: 0)
        let orders = try [0, 1, 2, 3, .max].map { rotation in
            try cache.ask(name, at: 0, rotation: rotation)?.message.answers.map { $0.data.last }
        }
        let last = records[0].data.last
        #expect(
            orders == [
                [last, 1, 2, 3], [last, 2, 3, 1], [last, 3, 1, 2], [last, 1, 2, 3],
                [last, 1, 2, 3],
            ])
    }
}
