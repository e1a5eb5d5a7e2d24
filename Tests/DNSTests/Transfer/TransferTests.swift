import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

@Suite struct TransferTests {
    private static let open = "\(kubernetes)\ntransfer {\nto *\n}"

    @Test func `D58 a cluster's zone is copied as it is answered`() throws {
        let cluster = try served(Self.open)
        let copy = try cluster.copy()
        #expect(copy.isWhole && copy.isTransfer && copy.code == .noError)
        let sets = Dictionary(grouping: copy.records.dropLast()) {
            "\($0.name) \($0.type)"
        }
        #expect(sets.count > 60)
        for records in sets.values where records[0].type != .soa {
            let answer = try cluster.ask(records[0].name.description, records[0].type)
            #expect(
                Set(answer.message.answers.filter { $0.name == records[0].name })
                    == Set(records), "\(records[0].name) \(records[0].type)")
            #expect(answer.message.flags.contains(.authoritative))
        }
    }

    @Test func `a copy has everything that can be asked for`() throws {
        let lines = try served(Self.open).copy().texts
        let expected = [
            "cluster.local. 5 NS ns.dns.cluster.local.", "ns.dns.cluster.local. 5 A 10.244.7.7",
            "ns.dns.cluster.local. 5 AAAA fd00:244::7",
            "dns-version.cluster.local. 28800 TXT \"1.1.0\"",
            "web.default.svc.cluster.local. 5 A 10.96.0.1",
            "dual.default.svc.cluster.local. 5 AAAA fd00:96::2",
            "_sig._sctp.dual.default.svc.cluster.local. 5 SRV 0 100 99 "
                + "dual.default.svc.cluster.local.",
            "ext.default.svc.cluster.local. 5 CNAME www.example.com.",
            "db.apps.svc.cluster.local. 5 A 172.16.1.2",
            "db-0.db.apps.svc.cluster.local. 5 AAAA fd00:16:1::1",
            "_mysql._tcp.db.apps.svc.cluster.local. 5 SRV 0 50 13306 "
                + "db-1.db.apps.svc.cluster.local.",
            "172-16-2-2.peers.apps.svc.cluster.local. 5 A 172.16.2.2",
            "all.shared.apps.svc.cluster.local. 5 A 172.16.3.2",
            "eager-0.eager.apps.svc.cluster.local. 5 A 172.16.5.1",
        ]
        for line in expected { #expect(lines.contains(line), "\(line)") }
        let missing = ["none.apps", "literal.default", "db-2.db.apps", "172-16-0-1.web"]
        for name in missing {
            let found = lines.filter { $0.hasPrefix(name) }
            #expect(found.isEmpty, "\(name)")
        }
    }

    @Test func `D59 whatever number of addresses the server has, the copy ends`() throws {
        for addresses in [[], ["10.244.7.7"], ["10.244.7.7", "10.96.0.10", "fd00:96::2"]] {
            let cluster = try served(Self.open)
            var parts = ServedBlock.Parts()
            parts.cluster = try ClusterZone(
                cluster.index.index, cluster.settings,
                serverAddresses: addresses.compactMap { IPAddress($0) })
            parts.transfers = ZoneTransfers(
                try block("transfer {\nto *\n}").transfers, of: cluster.store)
            cluster.answerer.use(Catalog([ServedBlock(.root, parts)], cookies: .test))
            let copy = try cluster.copy()
            #expect(copy.isWhole)
            #expect(copy.records.count { $0.type == .ns } == 1)
        }
    }

    @Test(arguments: [
        ("transfer {\nto 192.0.2.1\n}", "192.0.2.1", ResponseCode.noError),
        ("transfer {\nto 192.0.2.1:5353\n}", "::ffff:192.0.2.1", .noError),
        ("transfer {\nto 192.0.2.9 fd00::1\n}", "fd00::1", .noError),
        ("transfer {\nto 192.0.2.9\n}", "192.0.2.1", .refused),
        ("transfer example.org {\nto *\n}", "192.0.2.1", .refused),
        // The longest zone decides, whatever the order (CVE-2026-33489).
        (
            "transfer . {\nto *\n}\ntransfer cluster.local {\nto 192.0.2.9\n}", "192.0.2.1",
            .refused
        ),
        (
            "transfer cluster.local {\nto 192.0.2.1\n}\ntransfer local {\nto 192.0.2.9\n}",
            "192.0.2.1", .noError
        ),
        (
            "transfer cluster.local {\nto 192.0.2.9\n}\ntransfer cluster.local {\nto 192.0.2.1\n}",
            "192.0.2.1", .noError
        ),
        ("transfer {\nto *\n}\nacl {\nblock net 192.0.2.0/24\n}", "192.0.2.1", .refused),
        ("", "192.0.2.1", .refused),
    ])
    func `only who may have a zone gets it`(
        _ lines: String, _ client: String, _ code: ResponseCode
    ) throws {
        let copy = try served("\(kubernetes)\n\(lines)").copy(from: client)
        #expect(copy.code == code && copy.isTransfer == (code == .noError))
    }

    @Test(arguments: [
        ("web.default.svc.cluster.local", ResponseCode.notAuthoritative),
        ("in-addr.arpa", .notAuthoritative), ("example.org", .notAuthoritative),
        ("CLUSTER.local", .noError),
    ])
    func `only whole zones are copied, and none of reverse names`(
        _ zone: String, _ code: ResponseCode
    ) throws {
        #expect(try served(Self.open).copy(zone).code == code)
    }

    @Test func `before all objects are known there is no copy`() throws {
        #expect(try served(Self.open, isSynced: false).copy().code == .serverFailure)
    }

    @Test(arguments: [(-1, false), (0, true), (1, true), (-2_000_000_000, false)])
    func `RFC 1995 who has the zone as it is gets its SOA record alone`(
        _ difference: Int32, _ isCurrent: Bool
    ) throws {
        let cluster = try served(Self.open)
        let serial = try #require(try cluster.copy().serial)
        let copy = try cluster.copy(knowing: serial &+ UInt32(bitPattern: difference))
        #expect(copy.records.first?.type == .soa && copy.isTransfer != isCurrent)
        #expect(isCurrent ? copy.records.count == 1 : copy.isWhole)
    }

    @Test func `RFC 1995 over UDP there is only the SOA record, and of AXFR nothing`() throws {
        let cluster = try served(Self.open)
        let copy = try cluster.copy(knowing: 1, by: .udp)
        #expect(copy.records.map(\.type) == [.soa] && copy.code == .noError)
        #expect(try cluster.copy(by: .udp).code == .refused)
        let closed = try served("\(kubernetes)\ntransfer {\nto 192.0.2.9\n}")
        #expect(try closed.copy(knowing: 1, by: .udp).code == .refused)
    }

    @Test func `what may change within its second has the serial before`() throws {
        let cluster = try served(Self.open)
        cluster.service("default/late", ["10.96.1.1"])
        let soon = max(WallTime.now.nanoseconds / 1_000_000_000, 1_800_000_000) + 100
        cluster.publish(at: soon)
        #expect(try cluster.serial == UInt32(soon))
        #expect(try cluster.copy().serial == UInt32(soon) - 1)
    }

    @Test func `a client copies a zone once at a time, and others do so meanwhile`() throws {
        let cluster = try served(Self.open)
        let asked = try Message.copying("cluster.local").encoded()
        func begin(_ host: UInt8) -> Disposition {
            var room = [UInt8](repeating: 0, count: longestMessage)
            var span = room.mutableSpan
            cluster.answerer.begin(at: .now)
            defer { cluster.answerer.end() }
            let client = Client(.v4(IPv4Address(192, 0, 2, host)), .tcp)
            return cluster.answerer.answer(asked.span, from: client, into: &span)
        }
        var held = (1...8).map { begin($0) }
        #expect(held.allSatisfy { if case .replyAndTransfer = $0 { true } else { false } })
        #expect(try cluster.copy(from: "192.0.2.1").code == .refused)
        #expect(try cluster.copy(from: "192.0.2.9").code == .refused)
        held.removeAll()
        #expect(try cluster.copy(from: "192.0.2.1").code == .noError)
    }

    @Test func `the replies have what every reply must have`() throws {
        let cluster = try served(Self.open)
        let copy = try cluster.copy { $0.edns = EDNS(payloadSize: 4096) }
        for message in copy.messages {
            #expect(message.id == 4711 && message.flags.contains([.response, .authoritative]))
            #expect(!message.flags.contains(.truncated) && message.questions.count == 1)
            #expect(message.edns?.payloadSize == 1232)
        }
        #expect(try cluster.copy().messages.allSatisfy { $0.edns == nil })
        let cookie = try cluster.copy {
            $0.edns = EDNS(payloadSize: 1232)
            $0.edns?.options = [EDNS.Option(.cookie, Array(1...8))]
        }
        let given = cookie.messages.map { $0.edns?.options.first?.data ?? [] }
        #expect(given.allSatisfy { $0.count == 24 && $0.starts(with: 1...8) })
        #expect(try cluster.copy { $0.edns = EDNS(payloadSize: 512) }.isWhole)
        let newer = try cluster.copy { $0.edns = EDNS(version: 1) }
        #expect(newer.code == .badVersion)
    }
}

extension EDNS {
    fileprivate init(version: UInt8) {
        self.init(payloadSize: 1232)
        self.version = version
    }
}

extension CopiedZone {
    fileprivate var serial: UInt32? {
        records.first.map { $0.data.span.bigEndian32(at: $0.data.count - 20) }
    }
}

extension NamedCluster {
    fileprivate var serial: UInt32 {
        get throws {
            let soa = try #require(try ask("cluster.local", .soa).message.answers.first)
            return soa.data.span.bigEndian32(at: soa.data.count - 20)
        }
    }
}
