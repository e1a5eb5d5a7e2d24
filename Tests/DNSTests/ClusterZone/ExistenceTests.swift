import FuzzSupport
import Testing

@testable import DNS

/// Whether a name exists does not depend on what is asked of it (RFC 8020, RFC 2308).
@Suite struct ExistenceTests {
    /// Names with all that they have, as types; every other type has no data.
    static let names: [(String, [RecordType: String])] = [
        ("web", [.a: "A 10.96.0.1", .srv: "SRV 0 50 80 web, SRV 0 50 443 web"]),
        (
            "dual",
            [
                .a: "A 10.96.0.2", .aaaa: "AAAA fd00:96::2",
                .srv: "SRV 0 50 53 dual, SRV 0 50 99 dual",
            ]
        ),
        ("_http._tcp.web", [.srv: "SRV 0 100 80 web"]),
        ("_dns._udp.dual", [.srv: "SRV 0 100 53 dual"]),
        ("_sig._sctp.dual", [.srv: "SRV 0 100 99 dual"]),
        ("_tcp.web", [:]), ("_udp.dual", [:]), ("_sctp.dual", [:]),
        ("plain", [.a: "A 10.96.0.3", .srv: "SRV 0 100 80 plain"]),
        ("idle", [.a: "A 10.96.0.4", .srv: "SRV 0 100 80 idle"]),
        ("six", [.aaaa: "AAAA fd00:96::5", .srv: "SRV 0 100 80 six"]),
        ("172-16-0-1.web", [.a: "A 172.16.0.1"]),
    ]

    static let types: [RecordType] = [
        .a, .aaaa, .srv, .txt, .mx, .cname, .ns, .soa, .ptr, .ds, .https, .svcb, .caa, .naptr,
        .opt, .tsig, .tkey, RecordType(rawValue: 0), RecordType(rawValue: 65400),
        RecordType(rawValue: 65535),
    ]

    @Test(arguments: names.indices)
    func `D3 D19 D22 D23 D29 D37 a name that exists has its records, and no data of other types`(
        number: Int
    ) throws {
        let cluster = try served()
        let (name, records) = Self.names[number]
        for type in Self.types {
            let expected = records[type]?.split(separator: ", ").map { text in
                type == .srv ? "\(text).default.svc.cluster.local." : String(text)
            }
            let says = try cluster.says("\(name).default.svc.cluster.local", type)
            #expect(says == expected?.joined(separator: ", ") ?? "NODATA", "\(name) \(type)")
        }
    }

    @Test(arguments: [
        "cluster.local", "svc.cluster.local", "pod.cluster.local", "default.svc.cluster.local",
        "empty.svc.cluster.local", "empty.pod.cluster.local", "dns.cluster.local",
        "_tcp.db.apps.svc.cluster.local", "in-addr.arpa", "10.in-addr.arpa", "96.10.in-addr.arpa",
        "0.96.10.in-addr.arpa", "ip6.arpa", "f.ip6.arpa", "d.f.ip6.arpa", "0.0.d.f.ip6.arpa",
        "6.9.0.0.0.0.d.f.ip6.arpa", "9.0.0.0.0.d.f.ip6.arpa",
    ])
    func `D16 D21a D21c D21d D21e a name with others below it exists for every type`(
        name: String
    ) throws {
        let cluster = try served()
        for type in Self.types where ![.soa, .ns].contains(type) {
            #expect(try cluster.says(name, type) == "NODATA", "\(type)")
        }
    }

    @Test(arguments: [
        "default.cluster.local", "web.default.cluster.local", "svc.svc.cluster.local",
        "missing.svc.cluster.local", "missing.pod.cluster.local", "web.missing.svc.cluster.local",
        "missing.default.svc.cluster.local", "x.y.z.web.default.svc.cluster.local",
        "a.b.web.default.svc.cluster.local", "x._http._tcp.web.default.svc.cluster.local",
        "*.default.svc.cluster.local", "any.default.svc.cluster.local", "*.svc.cluster.local",
        "web.*.svc.cluster.local", "*.web.default.svc.cluster.local",
        "ftp._tcp.web.default.svc.cluster.local", "http.tcp.web.default.svc.cluster.local",
        "_ftp._tcp.web.default.svc.cluster.local", "_http._udp.web.default.svc.cluster.local",
        "_._tcp.web.default.svc.cluster.local", "_udp.web.default.svc.cluster.local",
        "_tcp.plain.default.svc.cluster.local", "_sctp.web.default.svc.cluster.local",
        "_http.web.default.svc.cluster.local", "172-16-0-3.web.default.svc.cluster.local",
        "172-16-0-9.web.default.svc.cluster.local", "none.apps.svc.cluster.local",
        "_tcp.none.apps.svc.cluster.local", "x.ns.dns.cluster.local", "x.dns.cluster.local",
        "x.dns-version.cluster.local", "1.0.97.10.in-addr.arpa", "97.10.in-addr.arpa",
        "9.0.96.10.in-addr.arpa", "x.1.0.96.10.in-addr.arpa", "01.0.96.10.in-addr.arpa",
        "256.96.10.in-addr.arpa", "x.in-addr.arpa", "e.ip6.arpa", "10.ip6.arpa", "g.ip6.arpa",
        "x.ext.default.svc.cluster.local", "_http._tcp.inner.default.svc.cluster.local",
        "10-1-2-3.missing.pod.cluster.local", "x.10-1-2-3.apps.pod.cluster.local",
        "b._dns-sd._udp.cluster.local", "x.cluster.local", "www.example.com.cluster.local",
    ])
    func `D15 D17 D20 D92 a name that does not exist does so for no type`(name: String) throws {
        let cluster = try served()
        for type in Self.types + [.any] {
            #expect(try cluster.says(name, type) == "NXDOMAIN", "\(type)")
        }
    }

    @Test func `D2 D21b the version is a text, and no data of other types`() throws {
        let cluster = try served()
        let version = try cluster.ask("dns-version.cluster.local", .txt)
        #expect(version.texts == ["TXT 1.1.0"] && version.message.answers[0].ttl == 28800)
        for type in Self.types where type != .txt {
            #expect(try cluster.says("dns-version.cluster.local", type) == "NODATA")
        }
    }

    @Test func `D21c D33 the server has its addresses, and no data of other types`() throws {
        let cluster = try served()
        #expect(try cluster.says("ns.dns.cluster.local", .a) == "A 10.244.7.7")
        #expect(try cluster.says("ns.dns.cluster.local", .aaaa) == "AAAA fd00:244::7")
        #expect(try cluster.says("ns.dns.cluster.local", .txt) == "NODATA")
    }

    @Test(arguments: [0, 1, 30, 31, 32])
    func `D21e RFC 3596 every part of a reverse name exists`(labels: Int) throws {
        let cluster = try served()
        let digits = Array("fd000096000000000000000000000002")
        let name = digits.prefix(labels).reversed().map { "\($0)." }.joined() + "ip6.arpa"
        let expected = labels == 32 ? "PTR dual.default.svc.cluster.local." : "NODATA"
        #expect(try cluster.says(name, .ptr) == expected)
        #expect(try cluster.says(name, .txt) == "NODATA")
        #expect(try cluster.says("e." + name, .txt) == "NXDOMAIN")
    }

    /// All names that are written anywhere in an answer.
    private func shown(in message: Message) -> [DomainName] {
        let all = message.answers + message.authorities + message.additionals
        return all.flatMap { record in
            let before = record.type == .srv ? 6 : 0
            let types: [RecordType] = [.srv, .ptr, .ns, .cname, .soa]
            let found =
                types.contains(record.type) ? record.data.span.name(at: before)?.name : nil
            return [record.name] + (found.map { [$0] } ?? [])
        }
    }

    @Test func `RFC 8020 whatever is above a name that is shown exists`() throws {
        let cluster = try served()
        var open = try [
            "cluster.local", "web.default.svc.cluster.local", "dual.default.svc.cluster.local",
            "_dns._udp.dual.default.svc.cluster.local", "six.default.svc.cluster.local",
            "db.apps.svc.cluster.local", "_mysql._tcp.db.apps.svc.cluster.local",
            "peers.apps.svc.cluster.local", "_gossip-udp._udp.peers.apps.svc.cluster.local",
            "shared.apps.svc.cluster.local", "headless.default.svc.cluster.local",
            "chain.default.svc.cluster.local", "dns-version.cluster.local",
            "10-9-8-7.empty.pod.cluster.local", "1.0.96.10.in-addr.arpa", "1.3.16.172.in-addr.arpa",
        ].map { try DomainName($0) }
        var seen: Set<DomainName> = []
        while let name = open.popLast() {
            guard seen.insert(name).inserted, !name.isRoot, name.labelCount > 1 else { continue }
            for type in [.a, .txt, RecordType(rawValue: 65400), .srv, .ns, .ptr, .aaaa] {
                let answer = try cluster.ask(name.description, type)
                #expect(answer.message.responseCode == .noError, "\(name) \(type)")
                open += shown(in: answer.message)
            }
            open.append(name.parent)
        }
        #expect(seen.count > 40)
    }
}
