import FuzzSupport
import Testing

@testable import DNS

@Suite struct UnusualMessageTests {
    static let accepted: [(String, [UInt8])] = [
        ("octets behind the message", raw { $0.rest = [1, 2, 3] }),
        (
            "all flags of a reply",
            raw { query in
                query.header[2] |= 6
                query.header[3] = 0xff
            }
        ),
        ("padding", raw(adding: opt(option(12, [UInt8](repeating: 0, count: 468))))),
        ("an unknown option", raw(adding: opt(option(100, [0xaa])))),
        ("all unknown flags", raw(adding: opt(ttl: [0, 0, 0x7f, 0xff]))),
        ("an upper code", raw(adding: opt(ttl: [9, 0, 0, 0]))),
        ("a size of 0", raw(adding: opt(size: 0))),
        ("a size of 65535", raw(adding: opt(size: 65535))),
        ("client subnet", raw(adding: opt(option(8, [0, 1, 0, 0])))),
        ("NSID", raw(adding: opt(option(3)))),
        ("keepalive", raw(adding: opt(option(11)))),
        ("a cookie of 16", raw(adding: opt(option(10, Array(1...16))))),
        ("a cookie of 40", raw(adding: opt(option(10, Array(1...40))))),
        ("a TSIG record", raw(adding: [0, 0, 250, 0, 255, 0, 0, 0, 0, 0, 1, 7])),
        (
            "an authority",
            raw { query in
                query.header[9] = 1
                query.rest = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 1, 7]
            }
        ),
    ]

    @Test(arguments: accepted.indices)
    func `D62 D63 D64 RFC 6891 RFC 8906 what is unusual is answered all the same`(
        number: Int
    ) throws {
        let (what, query) = Self.accepted[number]
        let reply = try #require(try served().ask(query), "\(what)")
        #expect(reply.summary == "A 10.96.0.1", "\(what)")
    }

    @Test(arguments: [UInt8(0), 0x2e, 0x20, 0xff, 0x5c])
    func `D62 every octet can be in a label`(octet: UInt8) throws {
        let query = raw { $0.name[2] = octet }
        #expect(try served().ask(query)?.message.responseCode == .nameError)
    }

    /// Of 127 labels, and of labels of 63 octets.
    @Test(arguments: [253, 254, 255])
    func `RFC 1035 the longest names are taken`(count: Int) throws {
        let long = name(octets: count)
        #expect(long.count == count)
        #expect(try served().ask(raw { $0.name = long })?.message.responseCode == .refused)
        let label = [63] + [UInt8](repeating: 97, count: 63)
        let zone = DomainName(words: "default.svc.cluster.local").wire
        let reply = try served().ask(raw { $0.name = label + zone })
        #expect(reply?.message.responseCode == .nameError)
        #expect(try served().ask(raw { $0.name = [0] })?.message.responseCode == .refused)
    }

    /// What RFC 8906 section 8 has everybody answer, put together in every way.
    @Test(arguments: [0, 1, 255] as [UInt8])
    func `RFC 6891 RFC 8906 nothing that is unusual goes unanswered`(version: UInt8) throws {
        let cluster = try served()
        for flags in [0, 0x80, 0x40, 0xff] as [UInt8] {
            for options in [[], option(100), option(3) + option(8, [0, 1, 0, 0])] {
                for size in [0, 512, 65535] as [UInt16] {
                    let query = raw { query in
                        query.name = DomainName(words: "cluster.local").wire
                        query.ends = [0, 6, 0, 1]
                        query.header[11] = 1
                        query.rest = opt(size: size, ttl: [0, version, flags, 0], options)
                    }
                    let reply = try #require(try cluster.ask(query)).message
                    let isKnown = version == 0
                    #expect(reply.responseCode == (isKnown ? .noError : .badVersion))
                    #expect(reply.answers.map(\.type) == (isKnown ? [.soa] : []))
                    #expect(reply.edns?.wantsDNSSEC == (flags & 0x80 != 0))
                    #expect(reply.edns?.version == 0 && reply.edns?.payloadSize == 1232)
                }
            }
        }
    }
}
