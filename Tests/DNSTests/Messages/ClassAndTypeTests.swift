import FuzzSupport
import Testing

@testable import DNS

/// Classes other than IN, and types that are no record's.
@Suite struct ClassAndTypeTests {
    @Test(arguments: [0, 2, 3, 4, 254, 255, 65535] as [UInt16])
    func `D66 no class but IN has names`(number: UInt16) throws {
        let recordClass = RecordClass(rawValue: number)
        for lines in [kubernetes, "\(kubernetes)\nforward . 192.0.2.1"] {
            let cluster = try served(lines)
            for name in ["web.default.svc.cluster.local", "cluster.local", "hostname.bind"] {
                #expect(try cluster.ask(name, .txt, recordClass).summary == "REFUSED")
            }
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

    @Test(arguments: [0, 41, 128, 248, 249, 250, 253, 254] as [UInt16])
    func `D23 RFC 6895 types of messages are not asked for elsewhere`(type: UInt16) throws {
        let cluster = try served("\(kubernetes)\nforward . 192.0.2.1")
        let says = try cluster.says("www.example.com", RecordType(rawValue: type))
        #expect(says == "NOTIMP")
        let inside = try cluster.says("web.default.svc.cluster.local", RecordType(rawValue: type))
        #expect(inside == "NODATA")
    }

    /// The last two are of everybody who has such addresses: an upstream may know them.
    static let special: [(name: String, type: RecordType, says: String?)] = [
        ("localhost", .a, "A 127.0.0.1"), ("a.b.LocalHost", .aaaa, "AAAA ::1"),
        ("localhost", .txt, "NODATA"), ("x.invalid", .a, "NXDOMAIN"),
        ("x.onion", .a, "NXDOMAIN"), ("1.0.0.127.in-addr.arpa", .ptr, "PTR localhost."),
        ("9.9.9.127.in-addr.arpa", .ptr, "NXDOMAIN"), ("www.example.com", .a, nil),
        ("1.0.168.192.in-addr.arpa", .ptr, nil),
    ]

    @Test(arguments: special.indices)
    func `RFC 6303 RFC 6761 RFC 7686 names of this machine are not asked for elsewhere`(
        number: Int
    ) throws {
        let (name, type, says) = Self.special[number]
        let cluster = try served(
            "kubernetes cluster.local in-addr.arpa {\nfallthrough\n}\nforward . 192.0.2.1")
        let query = DNS.Message.query(try DomainName(name), type, id: 1)
        #expect(try cluster.ask(query.encoded())?.summary == says)
    }
}
