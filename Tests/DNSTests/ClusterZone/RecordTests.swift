import FuzzSupport
import Testing

@testable import DNS

@Suite struct RecordTests {
    @Test(arguments: [("", UInt32(5)), ("ttl 30", 30), ("ttl 0", 0), ("ttl 3600", 3600)])
    func `D24 D34 records live as long as is configured, denials for five minutes at most`(
        option: String, ttl: UInt32
    ) throws {
        let cluster = try served("\(kubernetes) {\npods insecure\n\(option)\n}")
        for (name, type) in [
            ("web.default.svc.cluster.local", RecordType.a), ("db.apps.svc.cluster.local", .srv),
            ("1.0.96.10.in-addr.arpa", .ptr), ("ext.default.svc.cluster.local", .a),
            ("1-2-3-4.apps.pod.cluster.local", .a), ("cluster.local", .ns),
        ] {
            let message = try cluster.ask(name, type).message
            #expect((message.answers + message.additionals).allSatisfy { $0.ttl == ttl })
        }
        let denial = try cluster.ask("x.default.svc.cluster.local").message.authorities[0]
        #expect(denial.ttl == min(ttl, 300))
        #expect(denial.data.number32(at: denial.data.count - 4) == ttl)
    }

    @Test(arguments: ["cluster.local.", "in-addr.arpa.", "ip6.arpa."])
    func `D34 a zone has one SOA with the serial of the last change`(zone: String) throws {
        let cluster = try served()
        let soa = try cluster.ask(zone, .soa).message.answers
        #expect(soa.map(\.type) == [.soa] && soa[0].name.description == zone)
        let (server, end) = try soa[0].data.name(at: 0)
        let (contact, numbers) = try soa[0].data.name(at: end)
        #expect(server.description == "ns.dns.cluster.local.")
        #expect(contact.description == "hostmaster.cluster.local.")
        let values = (0..<5).map { soa[0].data.number32(at: numbers + 4 * $0) }
        #expect(values == [1_800_000_000, 7200, 1800, 86400, 5])
    }

    @Test func `D33 the server's name has the addresses that others can reach`() throws {
        let cluster = try served()
        let answer = try cluster.ask("cluster.local", .ns)
        #expect(answer.texts == ["NS ns.dns.cluster.local."])
        #expect(
            answer.additionals == [
                "ns.dns.cluster.local. A 10.244.7.7", "ns.dns.cluster.local. AAAA fd00:244::7",
            ])
        #expect(try cluster.says("in-addr.arpa", .ns) == "NS ns.dns.cluster.local.")
    }

    @Test func `D33 a server that is an endpoint of a service goes by the service`() throws {
        let cluster = try served()
        cluster.slice("kube-system/kube-dns-1", of: "kube-dns", ["10.244.7.7"], ports: ["dns:53"])
        cluster.publish()
        let answer = try cluster.ask("cluster.local", .ns)
        #expect(answer.texts == ["NS kube-dns.kube-system.svc.cluster.local."])
        #expect(answer.additionals == ["kube-dns.kube-system.svc.cluster.local. A 10.96.0.10"])
    }

    static let reverse: [(String, String)] = [
        ("1.0.96.10", "PTR web.default.svc.cluster.local."),
        ("1.0.16.172", "PTR 172-16-0-1.web.default.svc.cluster.local."),
        ("1.1.16.172", "PTR db-0.db.apps.svc.cluster.local."),
        ("2.1.16.172", "PTR db-1.db.apps.svc.cluster.local."),
        ("3.1.16.172", "NXDOMAIN"), ("1.4.16.172", "NXDOMAIN"),
        ("1.3.16.172", "PTR all.shared.apps.svc.cluster.local."),
    ]

    @Test(arguments: reverse)
    func `D5 D9 D30 an address leads back to a service or an endpoint`(
        name: String, expected: String
    ) throws {
        #expect(try served().says("\(name).in-addr.arpa", .ptr) == expected)
    }

    @Test
    func `D30 an endpoint of several services has a name in each, a service's own comes first`()
        throws
    {
        let cluster = try served()
        cluster.service("apps/second")
        cluster.slice("apps/second-1", of: "second", ["172.16.1.1", "10.96.0.1"])
        cluster.publish()
        let answer = try cluster.ask("1.1.16.172.in-addr.arpa", .ptr)
        let expected =
            "PTR 172-16-1-1.second.apps.svc.cluster.local., PTR db-0.db.apps.svc.cluster.local."
        #expect(answer.sorted == expected)
        let own = try cluster.says("1.0.96.10.in-addr.arpa", .ptr)
        #expect(own == "PTR web.default.svc.cluster.local.")
    }

    @Test func `D28 the label of an IPv6 address does not end in a dash`() throws {
        let cluster = try served()
        #expect(
            try cluster.says("fd00-16-2--0.peers.apps.svc.cluster.local", .aaaa)
                == "AAAA fd00:16:2::")
        #expect(
            try cluster.says("fd00-16-2--2.peers.apps.svc.cluster.local", .aaaa)
                == "AAAA fd00:16:2::2")
        #expect(try cluster.says("fd00-16-2--.peers.apps.svc.cluster.local", .aaaa) == "NXDOMAIN")
        let zeros = String(repeating: "0.", count: 20)
        let name = "\(zeros)2.0.0.0.6.1.0.0.0.0.d.f.ip6.arpa"
        #expect(try cluster.says(name, .ptr) == "PTR fd00-16-2--0.peers.apps.svc.cluster.local.")
    }

    @Test func `D28 an endpoint with a hostname has no name of its address`() throws {
        let cluster = try served()
        #expect(try cluster.says("db-0.db.apps.svc.cluster.local") == "A 172.16.1.1")
        #expect(try cluster.says("db-0.db.apps.svc.cluster.local", .aaaa) == "AAAA fd00:16:1::1")
        #expect(try cluster.says("172-16-1-1.db.apps.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("peers-a.peers.apps.svc.cluster.local") == "NXDOMAIN")
    }

    @Test func `D28 endpoints go by their pods' names where that is wanted`() throws {
        let cluster = try served("\(kubernetes) {\nendpoint_pod_names\n}")
        #expect(try cluster.says("peers-a.peers.apps.svc.cluster.local") == "A 172.16.2.1")
        #expect(try cluster.says("172-16-2-1.peers.apps.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("172-16-2-2.peers.apps.svc.cluster.local") == "A 172.16.2.2")
    }

    @Test(arguments: [
        "WEB.default.svc.cluster.local", "web.DEFAULT.svc.cluster.local",
        "wEb.DeFaUlT.SvC.cLuStEr.LoCaL", "web.default.svc.CLUSTER.local",
    ])
    func `D1 D38 RFC 4343 the case of letters does not matter and is kept`(name: String) throws {
        let answer = try served().ask(name)
        #expect(answer.summary == "A 10.96.0.1")
        #expect(answer.message.answers[0].name.description == name + ".")
        let denial = try served().ask("x" + name)
        let zone = denial.message.authorities[0].name.description
        #expect(name.hasSuffix(String(zone.dropLast())) && zone.lowercased() == "cluster.local.")
    }

    @Test func `RFC 4343 only ASCII letters have a case`() throws {
        let cluster = try served()
        cluster.service("default/caf\u{c9}", ["10.96.0.77"])
        cluster.publish()
        #expect(try cluster.says(#"caf\195\137.default.svc.cluster.local"#) == "A 10.96.0.77")
        #expect(try cluster.says(#"caf\195\169.default.svc.cluster.local"#) == "NXDOMAIN")
    }

    @Test func `X19 names that fit nowhere are left out, and nothing is malformed`() throws {
        let cluster = try served()
        let long = String(repeating: "n", count: 64)
        let most = String(repeating: "m", count: 63)
        cluster.namespace(long)
        cluster.service("\(long)/web", ["10.97.0.1"], ports: ["http:80"])
        cluster.service("default/\(long)", ["10.97.0.2"], ports: ["http:80"])
        cluster.service("default/\(most)", ["10.97.0.3"], ports: ["\(most):80", "\(long):81"])
        cluster.service("DEFAULT/Upper", ["10.97.0.4"], ports: ["HTTP:0"])
        cluster.slice("default/\(most)-1", of: most, ["10.97.1.1 \(long)", "10.97.1.2 \(most)"])
        cluster.pod("\(String(repeating: "p", count: 200))/pod", ["10.97.2.1"])
        cluster.publish()
        #expect(try cluster.says("1.0.97.10.in-addr.arpa", .ptr) == "NXDOMAIN")
        #expect(try cluster.says("\(most).default.svc.cluster.local") == "A 10.97.0.3")
        #expect(try cluster.says("upper.default.svc.cluster.local") == "A 10.97.0.4")
        #expect(
            try cluster.says("_http._tcp.upper.default.svc.cluster.local", .srv)
                == "SRV 0 100 0 upper.default.svc.cluster.local.")
        #expect(
            try cluster.says("1.1.97.10.in-addr.arpa", .ptr)
                == "PTR 10-97-1-1.\(most).default.svc.cluster.local.")
        #expect(try cluster.says("\(most).\(most).default.svc.cluster.local") == "A 10.97.1.2")
    }

    /// Names of 63 letters each, so that the zone decides whether what is below fits.
    @Test func `X19 a target that would be longer than a name can be is left out`() throws {
        let label = String(repeating: "z", count: 63)
        let zone = "\(label).local"
        let cluster = try served("kubernetes \(zone) in-addr.arpa", isFilled: false)
        let service = String(repeating: "s", count: 63)
        let namespace = String(repeating: "n", count: 52)
        cluster.namespace(namespace)
        cluster.service("\(namespace)/\(service)", ports: ["http:80"])
        cluster.slice(
            "\(namespace)/s", of: service, ["10.1.0.1 \(label)", "10.1.0.2 a"], ports: ["http:80"])
        cluster.publish()
        let name = "\(service).\(namespace).svc.\(zone)"
        #expect(try cluster.ask(name).sorted == "A 10.1.0.1, A 10.1.0.2")
        #expect(try cluster.says(name, .srv) == "SRV 0 50 80 a.\(name).")
        #expect(try cluster.says("1.0.1.10.in-addr.arpa", .ptr) == "NODATA")
        #expect(try cluster.says("2.0.1.10.in-addr.arpa", .ptr) == "PTR a.\(name).")
        cluster.slice("\(namespace)/s", of: service, ["10.1.0.1 \(label)"], ports: ["http:80"])
        cluster.publish()
        #expect(try cluster.says(name, .srv) == "NODATA")
    }
}
