import FuzzSupport
import Testing

@testable import DNS

/// A question for web.default.svc.cluster.local as octets, to be bent.
private struct RawQuery {
    var header: [UInt8] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    var name = DomainName(words: "web.default.svc.cluster.local").wire
    var ends: [UInt8] = [0, 1, 0, 1]
    var rest: [UInt8] = []

    var octets: [UInt8] { header + name + ends + rest }
}

private func raw(_ change: (inout RawQuery) -> Void) -> [UInt8] {
    var query = RawQuery()
    change(&query)
    return query.octets
}

/// An OPT record of the root with this size, TTL and data.
private func opt(size: UInt16 = 1232, ttl: [UInt8] = [0, 0, 0, 0], _ data: [UInt8] = []) -> [UInt8]
{
    [0, 0, 41, UInt8(size >> 8), UInt8(truncatingIfNeeded: size)] + ttl
        + [UInt8(data.count >> 8), UInt8(truncatingIfNeeded: data.count)] + data
}

@Suite struct MessageRuleTests {
    static let malformed: [(String, [UInt8])] = [
        ("no question", raw { $0.header[5] = 0 }),
        ("two questions", raw { $0.header[5] = 2 }),
        (
            "two questions that are there",
            raw {
                $0.header[5] = 2; $0.rest = $0.name + $0.ends
            }
        ),
        ("65535 questions", raw { $0.header[4...5] = [255, 255] }),
        ("65535 answers", raw { $0.header[6...7] = [255, 255] }),
        ("65535 authorities", raw { $0.header[8...9] = [255, 255] }),
        ("65535 additionals", raw { $0.header[10...11] = [255, 255] }),
        ("all counts at most", raw { $0.header[4...11] = [UInt8](repeating: 255, count: 8)[...] }),
        ("an answer that is not there", raw { $0.header[7] = 1 }),
        ("an additional that is not there", raw { $0.header[11] = 1 }),
        ("a header alone", Array(raw { _ in }.prefix(12))),
        ("half a name", Array(raw { _ in }.prefix(20))),
        ("a name without its end", Array(raw { $0.ends = [] }.dropLast())),
        ("no type", raw { $0.ends = [] }), ("no class", raw { $0.ends = [0, 1] }),
        ("half a class", raw { $0.ends = [0, 1, 0] }),
        ("a pointer to itself", raw { $0.name = [0xc0, 12] }),
        ("a pointer to the header", raw { $0.name = [0xc0, 0] }),
        ("a pointer forward", raw { $0.name = [0xc0, 20] }),
        ("a loop of pointers", raw { $0.name = [3, 1, 2, 3, 0xc0, 12] }),
        (
            "half a pointer",
            raw {
                $0.name = [0xc0]; $0.ends = []
            }
        ),
        ("a label of type 0x40", raw { $0.name = [0x41, 1, 0] }),
        ("a label of type 0x80", raw { $0.name = [0x81, 1, 0] }),
        ("a label of 64", raw { $0.name = [64] + [UInt8](repeating: 97, count: 64) + [0] }),
        (
            "a name of 256",
            raw {
                $0.name = [UInt8]([[UInt8]](repeating: [1, 97], count: 127).joined()) + [1, 97, 0]
            }
        ),
        (
            "two OPT records",
            raw {
                $0.header[11] = 2; $0.rest = opt() + opt()
            }
        ),
        (
            "an OPT record with a name",
            raw {
                $0.header[11] = 1; $0.rest = [1, 97] + opt()
            }
        ),
        (
            "an OPT record in the answer",
            raw {
                $0.header[7] = 1; $0.rest = opt()
            }
        ),
        (
            "an OPT record cut short",
            raw {
                $0.header[11] = 1; $0.rest = Array(opt().dropLast())
            }
        ),
        (
            "an OPT record longer than the message",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 8, 1, 2])
            }
        ),
        (
            "half an option",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0])
            }
        ),
        (
            "a cookie of 5",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 5, 1, 2, 3, 4, 5])
            }
        ),
        (
            "a cookie of none",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 0])
            }
        ),
        (
            "a cookie of 9",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 9] + Array(1...9))
            }
        ),
        (
            "a cookie of 15",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 15] + Array(1...15))
            }
        ),
        (
            "a cookie of 41",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 41] + Array(1...41))
            }
        ),
        (
            "a record longer than the message",
            raw {
                $0.header[9] = 1; $0.rest = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 1]
            }
        ),
    ]

    @Test(arguments: malformed.indices)
    func `D61 D62 D64 X2 RFC 9267 RFC 9619 what is malformed is refused with a header`(
        number: Int
    ) throws {
        let (what, query) = Self.malformed[number]
        let reply = try #require(try served().ask(query), "\(what)")
        #expect(reply.message.responseCode == .formatError, "\(what)")
        #expect(reply.octets.count == headerLength, "\(what)")
    }

    @Test func `D61 what is no question is not answered`() throws {
        let cluster = try served()
        for count in 0..<headerLength {
            #expect(try cluster.ask(Array(raw { _ in }.prefix(count))) == nil)
        }
        #expect(try cluster.ask(raw { $0.header[2] |= 0x80 }) == nil)
        #expect(
            try cluster.ask(
                raw {
                    $0.header[2] |= 0x80; $0.name = [0xc0, 12]
                }) == nil)
    }

    @Test(arguments: 1...15)
    func `D68 RFC 8906 other operations are not implemented`(opcode: UInt8) throws {
        let cluster = try served()
        let whole = try #require(try cluster.ask(raw { $0.header[2] |= opcode << 3 }))
        #expect(whole.message.responseCode == .notImplemented)
        let bare = raw {
            $0.header[2] |= opcode << 3; $0.header[5] = 0; $0.name = []; $0.ends = []
        }
        #expect(try cluster.ask(bare)?.message.responseCode == .notImplemented)
    }

    static let accepted: [(String, [UInt8])] = [
        ("octets behind the message", raw { $0.rest = [1, 2, 3] }),
        (
            "all flags of a reply",
            raw {
                $0.header[2] |= 6; $0.header[3] = 0xff
            }
        ),
        (
            "padding",
            raw {
                $0.header[11] = 1;
                $0.rest = opt([0, 12, 1, 212] + [UInt8](repeating: 0, count: 468))
            }
        ),
        (
            "an unknown option",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 100, 0, 1, 0xaa])
            }
        ),
        (
            "all unknown flags",
            raw {
                $0.header[11] = 1; $0.rest = opt(ttl: [0, 0, 0x7f, 0xff])
            }
        ),
        (
            "an upper code",
            raw {
                $0.header[11] = 1; $0.rest = opt(ttl: [9, 0, 0, 0])
            }
        ),
        (
            "a size of 0",
            raw {
                $0.header[11] = 1; $0.rest = opt(size: 0)
            }
        ),
        (
            "a size of 65535",
            raw {
                $0.header[11] = 1; $0.rest = opt(size: 65535)
            }
        ),
        (
            "client subnet",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 8, 0, 4, 0, 1, 0, 0])
            }
        ),
        (
            "NSID",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 3, 0, 0])
            }
        ),
        (
            "keepalive",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 11, 0, 0])
            }
        ),
        (
            "a cookie of 16",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 16] + Array(1...16))
            }
        ),
        (
            "a cookie of 40",
            raw {
                $0.header[11] = 1; $0.rest = opt([0, 10, 0, 40] + Array(1...40))
            }
        ),
        (
            "a TSIG record",
            raw {
                $0.header[11] = 1; $0.rest = [0, 0, 250, 0, 255, 0, 0, 0, 0, 0, 1, 7]
            }
        ),
        (
            "an authority",
            raw {
                $0.header[9] = 1; $0.rest = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 1, 7]
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

    @Test func `the longest name is taken, and a name of 128 labels`() throws {
        let longest = [UInt8]([[UInt8]](repeating: [1, 97], count: 126).joined()) + [1, 98, 0]
        let query = raw { $0.name = longest }
        #expect(longest.count == 255)
        #expect(try served().ask(query)?.message.responseCode == .refused)
        #expect(try served().ask(raw { $0.name = [0] })?.message.responseCode == .refused)
    }

    @Test(arguments: [0, 2, 3, 4, 254, 255, 65535] as [UInt16])
    func `D66 no class but IN has names`(number: UInt16) throws {
        let cluster = try served()
        let recordClass = RecordClass(rawValue: number)
        for name in ["web.default.svc.cluster.local", "cluster.local", "hostname.bind"] {
            #expect(try cluster.ask(name, .txt, recordClass).summary == "REFUSED")
        }
    }

    @Test func `D66 a server says who it is where that is configured`() throws {
        let cluster = try served("\(kubernetes)\nchaos")
        let answers = [
            ("version.bind", "TXT Weft-1.2.3"), ("version.server", "TXT Weft-1.2.3"),
            ("hostname.bind", "TXT node-7"), ("id.server", "TXT node-7"),
            ("HOSTNAME.BIND", "TXT node-7"), ("other.bind", "REFUSED"),
            ("web.default.svc.cluster.local", "REFUSED"),
        ]
        for (name, expected) in answers {
            let answer = try cluster.ask(name, .txt, .chaos)
            #expect(answer.summary == expected)
            #expect(answer.message.answers.allSatisfy { $0.recordClass == .chaos })
        }
        #expect(try cluster.ask("hostname.bind", .a, .chaos).summary == "REFUSED")
    }

    @Test(arguments: [
        "web.default.svc.cluster.local", "peers.apps.svc.cluster.local", "cluster.local",
        "ext.default.svc.cluster.local", "1.0.96.10.in-addr.arpa", "dns-version.cluster.local",
        "_tcp.web.default.svc.cluster.local",
    ])
    func `D67 X3 RFC 8482 a question for everything gets one record`(name: String) throws {
        for transport in [Client.Transport.udp, .tcp] {
            let answer = try served().ask(name, .any, transport: transport) {
                $0.edns = EDNS(payloadSize: 4096)
            }
            #expect(answer.message.answers.count == 1 && answer.octets.count < 150)
        }
    }

    @Test(arguments: [RecordType.axfr, .ixfr])
    func `D58 zones are not transferred`(type: RecordType) throws {
        let cluster = try served()
        for name in ["cluster.local", "web.default.svc.cluster.local", "in-addr.arpa"] {
            #expect(try cluster.says(name, type) == "REFUSED")
            #expect(try cluster.ask(name, type, transport: .udp).summary == "REFUSED")
        }
    }

    /// What RFC 8906 section 8 has everybody answer, put together in every way.
    @Test func `RFC 8906 nothing that is unusual goes unanswered`() throws {
        let cluster = try served()
        for version in [0, 1, 255] as [UInt8] {
            for flags in [0, 0x80, 0x40, 0xff] as [UInt8] {
                for option in [[], [0, 100, 0, 0], [0, 3, 0, 0, 0, 8, 0, 4, 0, 1, 0, 0]]
                    as [[UInt8]]
                {
                    for size in [0, 512, 65535] as [UInt16] {
                        let query = raw { query in
                            query.name = DomainName(words: "cluster.local").wire
                            query.ends = [0, 6, 0, 1]
                            query.header[11] = 1
                            query.rest = opt(size: size, ttl: [0, version, flags, 0], option)
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

    @Test func `D64 no OPT record is sent to who sends none`() throws {
        #expect(try served().ask("web.default.svc.cluster.local").message.edns == nil)
        let failure = try served(kubernetes, isSynced: false)
        #expect(try failure.ask("x.default.svc.cluster.local").message.edns == nil)
    }

    @Test func `RFC 7828 a connection's client is told how long it may be idle`() throws {
        let cluster = try served()
        for (transport, expected) in [(Client.Transport.tcp, 1), (.tls, 1), (.udp, 0)] {
            let answer = try cluster.ask("web.default.svc.cluster.local", transport: transport) {
                $0.edns = EDNS(payloadSize: 1232)
                $0.edns?.options = [EDNS.Option(.keepalive, [])]
            }
            let options = answer.message.edns?.options
            #expect(options?.filter { $0 == EDNS.Option(.keepalive, [0, 100]) }.count == expected)
        }
    }
}
