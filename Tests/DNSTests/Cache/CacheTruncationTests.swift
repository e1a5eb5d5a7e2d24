import Testing

@testable import DNS

@Suite struct CacheTruncationTests {
    private let name = "www.example.com"

    private func message() throws -> Message {
        let target = "web.example.com"
        let addresses = try (1...5).map { try address(target, UInt8($0)) }
        var message = try reply(
            name, .a, .noError, [alias(name, to: target)] + addresses,
            [
                Record(
                    DomainName("example.com"), .ns, ttl: 300,
                    data: DomainName("ns.example.com").wire)
            ])
        message.additionals = [try address("ns.example.com", 53)]
        return message
    }

    @Test(arguments: [0, 1, 3] as [UInt32])
    func `whatever the limit, whole records are given`(rotation: UInt32) throws {
        let cache = try CacheUnderTest()
        let message = try message()
        cache.writer.store(message, for: try key(name), at: 0)
        let whole = try #require(try cache.ask(name, at: 0, rotation: rotation))
        #expect(whole.message.authorities == message.authorities)
        #expect(whole.message.additionals == message.additionals && !whole.hit.isTruncated)
        let question = headerLength + (try DomainName(name).wire.count) + 4
        for limit in question...whole.hit.end {
            let part = try #require(
                try cache.ask(name, at: 0, rotation: rotation, limit: limit))
            #expect(part.octets.count <= limit)
            #expect(part.octets[question...].elementsEqual(whole.octets[question..<part.hit.end]))
            let told = part.message.answers + part.message.authorities + part.message.additionals
            let all = whole.message.answers + whole.message.authorities + whole.message.additionals
            #expect(told == Array(all.prefix(told.count)))
            // Seven records are the answer and its authority, the eighth is additional.
            #expect(part.hit.isTruncated == (told.count < 7), "limit \(limit)")
        }
    }

    @Test func `an answer of any length fits or is cut`() throws {
        let cache = try CacheUnderTest()
        let records = try (0..<4000).map { number in
            Record(
                try DomainName(name), .txt, ttl: 300,
                data: [2, UInt8(number >> 8), UInt8(number & 0xff)])
        }
        cache.writer.store(
            try reply(name, .txt, .noError, records), for: try key(name, .txt), at: 0)
        let cut = try #require(try cache.ask(name, .txt, at: 0, limit: 512))
        #expect(cut.hit.isTruncated && cut.octets.count <= 512)
        #expect(try cache.ask(name, .txt, at: 0)?.message.answers == records)
    }

    @Test func `an answer longer than any message is not kept`() throws {
        let cache = try CacheUnderTest()
        let records = try (0..<5000).map { number in
            Record(
                try DomainName(name), .txt, ttl: 300,
                data: [2, UInt8(number >> 8), UInt8(number & 0xff)])
        }
        cache.writer.store(
            try reply(name, .txt, .noError, records), for: try key(name, .txt), at: 0)
        #expect(try cache.ask(name, .txt, at: 0) == nil)
    }
}
