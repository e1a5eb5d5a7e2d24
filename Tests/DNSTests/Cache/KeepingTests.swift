import Testing

@testable import DNS

@Suite struct KeepingTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let message: Message
        let expected: Keeping
        var type = RecordType.a

        init(
            _ text: String, _ code: ResponseCode, _ answers: [Record], _ authorities: [Record],
            _ expected: Keeping, type: RecordType = .a
        ) throws {
            testDescription = text
            message = try reply("www.example.com", type, code, answers, authorities)
            self.expected = expected
            self.type = type
        }
    }

    private static let name = "www.example.com"

    static let successes: Result<[Case], any Error> = Result {
        let alias = try alias(name, to: "web.example.com", ttl: 60)
        return [
            try Case("TTL", .noError, [address(name, ttl: 300)], [], .keep(.success, seconds: 300)),
            try Case(
                "cap", .noError, [address(name, ttl: 90000)], [], .keep(.success, seconds: 3600)),
            try Case("floor", .noError, [address(name, ttl: 1)], [], .keep(.success, seconds: 5)),
            try Case("zero", .noError, [address(name, ttl: 0)], [], .nothing),
            try Case("highest bit", .noError, [address(name, ttl: 1 << 31)], [], .nothing),
            try Case(
                "the alias ends first", .noError, [alias, address("web.example.com", ttl: 300)], [],
                .keep(.success, seconds: 60)),
            try Case(
                "one of a set is zero", .noError, [address(name), address(name, ttl: 0, 2)], [],
                .nothing),
            try Case(
                "type 65400", .noError,
                [Record(DomainName(name), RecordType(rawValue: 65400), ttl: 9, data: [1])], [],
                .keep(.success, seconds: 9), type: RecordType(rawValue: 65400)),
            try Case("ANY", .noError, [address(name)], [], .nothing, type: .any),
            try Case("AXFR", .noError, [address(name)], [], .nothing, type: .axfr),
        ]
    }

    static let denials: Result<[Case], any Error> = Result {
        let alias = try alias(name, to: "web.example.com", ttl: 20)
        func soa(_ ttl: UInt32, _ minimum: UInt32) throws -> [Record] {
            [try authority("example.com", ttl: ttl, minimum: minimum)]
        }
        return [
            try Case("minimum", .nameError, [], soa(900, 30), .keep(.denial, seconds: 30)),
            try Case("SOA's TTL", .nameError, [], soa(40, 900), .keep(.denial, seconds: 40)),
            try Case("cap", .nameError, [], soa(90000, 90000), .keep(.denial, seconds: 1800)),
            try Case("floor", .nameError, [], soa(900, 1), .keep(.denial, seconds: 5)),
            try Case("zero", .nameError, [], soa(900, 0), .nothing),
            try Case("highest bit", .nameError, [], soa(900, 1 << 31), .nothing),
            try Case("no SOA", .nameError, [], [], .nothing),
            try Case("no data", .noError, [], soa(900, 30), .keep(.denial, seconds: 30)),
            try Case("no data, no SOA", .noError, [], [], .nothing),
            try Case("alias", .noError, [alias], soa(900, 30), .keep(.denial, seconds: 20)),
            try Case("alias, no SOA", .noError, [alias], [], .nothing),
            try Case("SERVFAIL", .serverFailure, [], [], .keep(.failure, seconds: 5)),
            try Case("REFUSED", .refused, [], soa(900, 30), .keep(.failure, seconds: 5)),
        ]
    }

    @Test(arguments: [successes, denials])
    func `D84 RFC 2308 answers are kept as long as the RFCs say`(
        cases: Result<[Case], any Error>
    ) throws {
        for test in try cases.get() {
            let keeping = CacheSettings().keeping(test.message, for: try key(Self.name, test.type))
            #expect(keeping == test.expected, "\(test.testDescription)")
        }
    }

    @Test func `D83 D85 an operator's limits count before all`() throws {
        var settings = CacheSettings()
        settings.success.longest = 30
        settings.denial.disabled = [try DomainName("example.com")]
        settings.failure = 0
        let soa = try authority("Example.com", ttl: 900, minimum: 30)
        let found = try reply(Self.name, .a, .noError, [address(Self.name)])
        #expect(settings.keeping(found, for: try key(Self.name)) == .keep(.success, seconds: 30))
        let denied = try reply(Self.name, .a, .nameError, [], [soa])
        #expect(settings.keeping(denied, for: try key(Self.name)) == .nothing)
        #expect(settings.keeping(denied, for: try key("example.org")) != .nothing)
        let failed = try reply(Self.name, .a, .serverFailure)
        #expect(settings.keeping(failed, for: try key(Self.name)) == .nothing)
    }

    @Test func `D84 RFC 2308 a denial's SOA lives as long as the denial`() throws {
        let settings = CacheSettings()
        let soa = try authority("example.com", ttl: 900, minimum: 30)
        let denied = try reply(Self.name, .a, .nameError, [], [soa])
        let limited = settings.limited(
            denied, to: .keep(.denial, seconds: 30), for: try key(Self.name))
        #expect(limited.authorities.map(\.ttl) == [30])
    }

    @Test func `RFC 4035 only who asked for DNSSEC gets signatures`() throws {
        let settings = CacheSettings()
        let name = try DomainName(Self.name)
        let signature = Record(name, .rrsig, ttl: 300, data: [UInt8](repeating: 1, count: 30))
        let message = try reply(Self.name, .a, .noError, [address(Self.name), signature])
        func count(_ key: CacheKey) -> Int {
            let keeping = settings.keeping(message, for: key)
            return settings.limited(message, to: keeping, for: key).answers.count
        }
        #expect(count(CacheKey(name, .a)) == 1)
        #expect(count(CacheKey(name, .a, wantsDNSSEC: true)) == 2)
    }
}
