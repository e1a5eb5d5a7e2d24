import FuzzSupport
import Testing

@testable import DNS

@Suite struct MalformedMessageTests {
    static let counts: [(String, [UInt8])] = [
        ("no question", raw { $0.header[5] = 0 }),
        ("two questions", raw { $0.header[5] = 2 }),
        (
            "two questions that are there",
            raw { query in
                query.header[5] = 2
                query.rest = query.name + query.ends
            }
        ),
        ("65535 questions", raw { $0.header[4...5] = [255, 255] }),
        ("65535 answers", raw { $0.header[6...7] = [255, 255] }),
        ("65535 authorities", raw { $0.header[8...9] = [255, 255] }),
        ("65535 additionals", raw { $0.header[10...11] = [255, 255] }),
        ("all counts at most", raw { $0.header[4...11] = [UInt8](repeating: 255, count: 8)[...] }),
        ("an answer that is not there", raw { $0.header[7] = 1 }),
        ("an additional that is not there", raw { $0.header[11] = 1 }),
        (
            "a record longer than the message",
            raw { query in
                query.header[9] = 1
                query.rest = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 1]
            }
        ),
    ]

    static let questions: [(String, [UInt8])] = [
        ("a header alone", Array(raw { _ in }.prefix(12))),
        ("half a name", Array(raw { _ in }.prefix(20))),
        ("a name without its end", Array(raw { $0.ends = [] }.dropLast())),
        ("no type", raw { $0.ends = [] }), ("no class", raw { $0.ends = [0, 1] }),
        ("half a class", raw { $0.ends = [0, 1, 0] }),
        ("a pointer to itself", raw { $0.name = [0xc0, 12] }),
        ("a pointer to the header", raw { $0.name = [0xc0, 0] }),
        ("a pointer forward", raw { $0.name = [0xc0, 20] }),
        ("a loop of pointers", raw { $0.name = [3, 1, 2, 3, 0xc0, 12] }),
        ("half a pointer", Array(raw { $0.name = [0xc0] }.prefix(13))),
        ("a label of type 0x40", raw { $0.name = [0x41, 1, 0] }),
        ("a label of type 0x80", raw { $0.name = [0x81, 1, 0] }),
        ("a label of 64", raw { $0.name = [64] + [UInt8](repeating: 97, count: 64) + [0] }),
        ("a name of 256", raw { $0.name = name(octets: 256) }),
        ("a name of 257", raw { $0.name = name(octets: 257) }),
    ]

    static let extensions: [(String, [UInt8])] = [
        ("two OPT records", raw(adding: opt() + opt(), count: 2)),
        ("an OPT record with a name", raw(adding: [1, 97] + opt())),
        (
            "an OPT record in the answer",
            raw { query in
                query.header[7] = 1
                query.rest = opt()
            }
        ),
        ("an OPT record cut short", raw(adding: Array(opt().dropLast()))),
        ("an option longer than its record", raw(adding: opt([0, 10, 0, 8, 1, 2]))),
        ("half an option", raw(adding: opt([0, 10, 0]))),
        ("a cookie of 5", raw(adding: opt(option(10, [1, 2, 3, 4, 5])))),
        ("a cookie of none", raw(adding: opt(option(10)))),
        ("a cookie of 9", raw(adding: opt(option(10, Array(1...9))))),
        ("a cookie of 15", raw(adding: opt(option(10, Array(1...15))))),
        ("a cookie of 41", raw(adding: opt(option(10, Array(1...41))))),
    ]

    @Test(arguments: [counts, questions, extensions])
    func `D61 D62 D64 X2 RFC 9267 RFC 9619 what is malformed is refused with a header`(
        messages: [(what: String, query: [UInt8])]
    ) throws {
        let cluster = try served()
        for (what, query) in messages {
            let reply = try #require(try cluster.ask(query), "\(what)")
            #expect(reply.message.responseCode == .formatError, "\(what)")
            #expect(reply.octets.count == headerLength, "\(what)")
        }
    }

    @Test func `D61 what is no question is not answered`() throws {
        let cluster = try served()
        for count in 0..<headerLength {
            #expect(try cluster.ask(Array(raw { _ in }.prefix(count))) == nil)
        }
        #expect(try cluster.ask(raw { $0.header[2] |= 0x80 }) == nil)
        let pointed = raw { query in
            query.header[2] |= 0x80
            query.name = [0xc0, 12]
        }
        #expect(try cluster.ask(pointed) == nil)
    }

    /// NOTIFY (RFC 1996), UPDATE (RFC 2136) and DSO (RFC 8490) among them.
    @Test(arguments: 1...15)
    func `D61 D68 RFC 8906 other operations are not implemented`(opcode: UInt8) throws {
        let cluster = try served()
        let whole = try #require(try cluster.ask(raw { $0.header[2] |= opcode << 3 }))
        #expect(whole.message.responseCode == .notImplemented)
        let bare = Array(
            raw { query in
                query.header[2] |= opcode << 3
                query.header[5] = 0
            }.prefix(headerLength))
        #expect(try cluster.ask(bare)?.message.responseCode == .notImplemented)
    }
}
