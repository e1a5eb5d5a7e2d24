import Testing

@testable import DNS

@Suite struct SanitizerTests {
    private func name(_ text: String) throws -> DomainName { try DomainName(text) }

    private func address(_ text: String, ttl: UInt32 = 60, last: UInt8 = 1) throws -> Record {
        Record(try name(text), .a, ttl: ttl, data: [192, 0, 2, last])
    }

    private func alias(_ text: String, _ target: String, _ type: RecordType = .cname) throws
        -> Record
    {
        Record(try name(text), type, ttl: 30, data: try name(target).wire)
    }

    private func soa(_ zone: String) throws -> Record {
        let numbers = [UInt8](repeating: 0, count: 20)
        return Record(try name(zone), .soa, ttl: 5, data: [0, 0] + numbers)
    }

    private func signature(_ owner: String, over type: RecordType, by zone: String) throws -> Record
    {
        let fixed =
            [UInt8(type.rawValue >> 8), UInt8(type.rawValue & 0xff)]
            + [UInt8](repeating: 0, count: 16)
        return Record(
            try name(owner), .rrsig, ttl: 90, data: fixed + (try name(zone).wire) + [1, 2, 3])
    }

    private func clean(
        _ question: String, _ type: RecordType = .a, secure: Bool = false,
        answers: [Record] = [], authorities: [Record] = [], additionals: [Record] = []
    ) throws -> Message? {
        var message = Message()
        message.flags = .response
        (message.answers, message.authorities) = (answers, authorities)
        message.additionals = additionals
        var lookup = Lookup(try name(question), type)
        lookup.wantsDNSSEC = secure
        return Sanitizer.clean(message, for: lookup)
    }

    @Test func `D79 X8 records of other owners are dropped`() throws {
        let answers = [
            try address("www.example.com"), try address("bank.example"), try address("example.com"),
        ]
        let clean = try clean(
            "www.example.com", answers: answers, additionals: [try address("bank.example")])
        #expect(clean?.answers == [answers[0]])
        #expect(clean?.additionals == [])
    }

    @Test func `the way through aliases is kept in order, whatever the order it came in`() throws {
        let answers = [
            try address("c.example"), try alias("b.example", "c.example"),
            try alias("a.example", "b.example"),
            try alias("x.example", "c.example"),
        ]
        #expect(
            try clean("a.example", answers: answers)?.answers == [
                answers[2], answers[1], answers[0],
            ])
        #expect(try clean("a.example", .cname, answers: answers)?.answers == [answers[2]])
    }

    @Test func `a second alias of the same name is dropped`() throws {
        let answers = [
            try alias("a.example", "b.example"), try alias("a.example", "evil.example"),
            try address("evil.example"),
        ]
        #expect(try clean("a.example", answers: answers)?.answers == [answers[0]])
    }

    @Test(arguments: [9, 10, 11, 500])
    func `aliases lead no further than somebody follows`(count: Int) throws {
        let answers = try (0..<count).map { try alias("n\($0).example", "n\($0 + 1).example") }
        #expect((try clean("n0.example", answers: answers) != nil) == (count <= 10))
    }

    @Test(arguments: [1, 2, 5])
    func `aliases in a circle are refused`(count: Int) throws {
        let answers = try (0..<count).map {
            try alias("n\($0).example", "n\(($0 + 1) % count).example")
        }
        #expect(try clean("n0.example", answers: answers) == nil)
    }

    @Test func `a DNAME makes the alias itself`() throws {
        let tree = try alias("old.example", "new.example", .dname)
        let forged = try alias("www.old.example", "evil.example")
        let end = try address("www.new.example")
        let clean = try clean("www.old.example", answers: [forged, end, tree])
        #expect(clean?.answers == [tree, try alias("www.old.example", "www.new.example"), end])
    }

    @Test func `a DNAME that makes a name too long leads nowhere`() throws {
        let label = String(repeating: "a", count: 60)
        let long = [label, label, label].joined(separator: ".")
        let tree = try alias("old.example", long, .dname)
        let clean = try clean("\(label).bbbb.cccc.dddd.old.example", answers: [tree])
        #expect(clean?.answers == [tree])
    }

    @Test func `RFC 2181 a set has one life, and one too long is none`() throws {
        let answers = [
            try address("a.example", ttl: 300, last: 1), try address("a.example", ttl: 20, last: 2),
        ]
        #expect(try clean("a.example", answers: answers)?.answers.map(\.ttl) == [20, 20])
        let long = try address("a.example", ttl: 1 << 31)
        #expect(try clean("a.example", answers: [long])?.answers.map(\.ttl) == [0])
        let most = try address("a.example", ttl: 1 << 31 - 1)
        #expect(try clean("a.example", answers: [most])?.answers.map(\.ttl) == [1 << 31 - 1])
    }

    @Test func `only zones above the name say what there is not`() throws {
        let authorities = [
            try soa("bank.example"), try soa("example.com"), try soa("com"),
            try address("example.com"),
            Record(try name("example.com"), .ns, ttl: 9, data: try name("ns.example").wire),
            Record(try name("bank.example"), .ns, ttl: 9, data: try name("ns.evil").wire),
        ]
        let clean = try clean("www.example.com", authorities: authorities)
        #expect(clean?.authorities == [authorities[4], authorities[1]])
    }

    @Test func `the zone at the end of aliases says so as well`() throws {
        let clean = try clean(
            "a.example", answers: [try alias("a.example", "b.other")],
            authorities: [try soa("other")])
        #expect(clean?.authorities == [try soa("other")])
    }

    @Test func `signatures and proofs are for those who want them`() throws {
        let answers = [
            try address("www.example.com"),
            try signature("www.example.com", over: .a, by: "example.com"),
        ]
        let proof = Record(try name("wwx.example.com"), .nsec, ttl: 7, data: [0, 0])
        let foreign = Record(try name("bank.example"), .nsec, ttl: 7, data: [0, 0])
        let authorities = [
            proof, try signature("wwx.example.com", over: .nsec, by: "example.com"), foreign,
        ]
        let plain = try clean("www.example.com", answers: answers, authorities: authorities)
        #expect(plain?.answers == [answers[0]] && plain?.authorities == [])
        let secure = try clean(
            "www.example.com", secure: true, answers: answers, authorities: authorities)
        #expect(secure?.answers.map(\.type) == [.a, .rrsig])
        #expect(secure?.answers.map(\.ttl) == [60, 60])
        #expect(secure?.authorities.map(\.name) == [proof.name, proof.name])
    }

    @Test func `RFC 3597 types nobody knows pass as they are`() throws {
        let type = RecordType(rawValue: 65400)
        let record = Record(try name("a.example"), type, ttl: 1, data: [1, 2, 3, 4])
        #expect(try clean("a.example", type, answers: [record])?.answers == [record])
    }

    @Test func `owners come back in the case that was asked`() throws {
        let clean = try clean(
            "www.example.com", answers: [try address("wWw.eXample.cOm")],
            authorities: [try soa("eXample.cOm")])
        let (asked, zone) = (try name("www.example.com"), try name("example.com"))
        #expect(clean?.answers.first?.name.wire == asked.wire)
        #expect(clean?.authorities.first?.name.wire == zone.wire)
    }
}
