import Platform
import Testing

@testable import DNS

/// A cache with one reader, and messages to put into it.
final class CacheUnderTest {
    var writer: CacheWriter
    var reader: CacheReader
    private var name = QuestionName()

    init(_ change: (inout CacheSettings) -> Void = { _ in }) throws {
        var settings = CacheSettings()
        change(&settings)
        writer = try CacheWriter(settings, readers: Epochs(readers: 1))
        reader = writer.reader()
    }

    struct Answer {
        let hit: CacheHit
        let message: Message
        let octets: [UInt8]
    }

    /// Asks as a client does, and reads what it would be sent.
    func ask(
        _ text: String, _ type: RecordType = .a, _ recordClass: RecordClass = .internet,
        wantsDNSSEC: Bool = false, checkingDisabled: Bool = false, authenticData: Bool = false,
        at now: UInt32, acceptsStale: Bool = false, rotation: UInt32 = 0,
        limit: Int = longestMessage
    ) throws -> Answer? {
        var question = Message.query(try DomainName(text), type, recordClass, id: 7)
        if checkingDisabled { question.flags.insert(.checkingDisabled) }
        if authenticData { question.flags.insert(.authenticData) }
        if wantsDNSSEC {
            question.edns = EDNS(payloadSize: 1232)
            question.edns?.wantsDNSSEC = true
        }
        let encoded = question.encoded()
        var query = Query()
        #expect(query.read(encoded.span, name: &name) == .question)
        var octets = encoded.prefix(query.questionEnd) + [UInt8](repeating: 0, count: limit)
        var span = octets.mutableSpan
        guard
            let hit = reader.answer(
                query, name, at: now, acceptsStale: acceptsStale, rotation: rotation, into: &span,
                in: query.questionEnd..<limit)
        else { return nil }
        octets.removeLast(octets.count - hit.end)
        octets[3] = UInt8(truncatingIfNeeded: hit.responseCode.rawValue)
        for (index, count) in [hit.answers, hit.authorities, hit.additionals].enumerated() {
            octets[6 + 2 * index] = UInt8(count >> 8)
            octets[7 + 2 * index] = UInt8(truncatingIfNeeded: count)
        }
        return Answer(
            hit: hit, message: try Message(decoding: Array(octets)), octets: Array(octets))
    }
}

/// A question with what an upstream might say to it.
func reply(
    _ name: String, _ type: RecordType = .a, _ code: ResponseCode = .noError,
    _ answers: [Record] = [], _ authorities: [Record] = [], recordClass: RecordClass = .internet
) throws -> Message {
    var message = Message.query(try DomainName(name), type, recordClass, id: 1)
    message.flags.insert(.response)
    message.responseCode = code
    message.answers = answers
    message.authorities = authorities
    return message
}

func key(_ name: String, _ type: RecordType = .a) throws -> CacheKey {
    CacheKey(try DomainName(name), type)
}

func address(_ name: String, ttl: UInt32 = 300, _ last: UInt8 = 1) throws -> Record {
    Record(try DomainName(name), .a, ttl: ttl, data: [192, 0, 2, last])
}

func alias(_ name: String, to target: String, ttl: UInt32 = 300) throws -> Record {
    Record(try DomainName(name), .cname, ttl: ttl, data: try DomainName(target).wire)
}

func authority(_ zone: String, ttl: UInt32, minimum: UInt32) throws -> Record {
    let names = try DomainName("ns.\(zone)").wire + DomainName("admin.\(zone)").wire
    let numbers = [1, 2, 3, 4, minimum].flatMap { number in
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    return Record(try DomainName(zone), .soa, ttl: ttl, data: names + numbers)
}
