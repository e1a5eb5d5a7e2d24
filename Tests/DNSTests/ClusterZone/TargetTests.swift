import FuzzSupport
import Testing

@testable import DNS

@Suite struct TargetTests {
    @Test func `D4 D8 D10 a target is a port at a name, with the name's addresses`() throws {
        let cluster = try served()
        let web = try cluster.ask("_http._tcp.web.default.svc.cluster.local", .srv)
        #expect(web.summary == "SRV 0 100 80 web.default.svc.cluster.local.")
        #expect(web.additionals == ["web.default.svc.cluster.local. A 10.96.0.1"])
        let db = try cluster.ask("_mysql._tcp.db.apps.svc.cluster.local", .srv)
        #expect(
            db.sorted == "SRV 0 50 13306 db-0.db.apps.svc.cluster.local., "
                + "SRV 0 50 13306 db-1.db.apps.svc.cluster.local.")
        #expect(
            Set(db.additionals) == [
                "db-0.db.apps.svc.cluster.local. A 172.16.1.1",
                "db-0.db.apps.svc.cluster.local. AAAA fd00:16:1::1",
                "db-1.db.apps.svc.cluster.local. A 172.16.1.2",
            ])
    }

    @Test func `D18 the bare name has all ports, those without a name too`() throws {
        let cluster = try served()
        #expect(
            try cluster.says("plain.default.svc.cluster.local", .srv)
                == "SRV 0 100 80 plain.default.svc.cluster.local.")
        let peers = try cluster.ask("peers.apps.svc.cluster.local", .srv)
        // TCP and UDP share a number, which has one record.
        #expect(peers.message.answers.count == 5)
        #expect(peers.message.additionals.count == 5)
    }

    @Test(arguments: [
        (1, UInt16(100)), (2, 50), (3, 33), (6, 16), (99, 1), (100, 1), (101, 1), (250, 1),
    ])
    func `D25 all targets share a weight of a hundred`(count: Int, weight: UInt16) throws {
        let cluster = try served(isFilled: false)
        cluster.service("apps/many", ports: ["http:80"])
        let endpoints = (0..<count).map { "10.1.\($0 / 250).\($0 % 250 + 1)" }
        cluster.slice("apps/many-1", of: "many", endpoints, ports: ["http:80"])
        cluster.publish()
        let answer = try cluster.ask("_http._tcp.many.apps.svc.cluster.local", .srv).message
        #expect(answer.answers.count == count && answer.additionals.count == count)
        #expect(answer.answers.allSatisfy { $0.data.number16(at: 2) == weight })
        #expect(answer.answers.allSatisfy { $0.data.number16(at: 0) == 0 })
    }

    @Test func `D26 a service without ports has addresses but no targets`() throws {
        let cluster = try served()
        #expect(try cluster.says("bare.apps.svc.cluster.local") == "A 172.16.6.1")
        #expect(try cluster.says("bare.apps.svc.cluster.local", .srv) == "NODATA")
        #expect(try cluster.says("172-16-6-1.bare.apps.svc.cluster.local") == "A 172.16.6.1")
    }

    @Test func `D7 D27 endpoints that share a hostname are one target with all addresses`() throws {
        let cluster = try served()
        let answer = try cluster.ask("all.shared.apps.svc.cluster.local")
        #expect(answer.sorted == "A 172.16.3.1, A 172.16.3.2")
        let targets = try cluster.ask("_http._tcp.shared.apps.svc.cluster.local", .srv)
        #expect(
            targets.sorted == "SRV 0 50 80 172-16-3-3.shared.apps.svc.cluster.local., "
                + "SRV 0 50 80 all.shared.apps.svc.cluster.local.")
        #expect(targets.additionals.count == 3)
    }

    @Test func `D27 one endpoint in slices of different ports is one address and two targets`()
        throws
    {
        let cluster = try served(isFilled: false)
        cluster.service("apps/x", ports: ["a:1", "b:2"])
        cluster.slice("apps/x-1", of: "x", ["10.1.0.1 h", "10.1.0.2"], ports: ["a:1"])
        cluster.slice("apps/x-2", of: "x", ["10.1.0.1 h", "10.1.0.2"], ports: ["b:2"])
        cluster.publish()
        #expect(try cluster.says("h.x.apps.svc.cluster.local") == "A 10.1.0.1")
        #expect(try cluster.says("10-1-0-2.x.apps.svc.cluster.local") == "A 10.1.0.2")
        #expect(try cluster.ask("x.apps.svc.cluster.local").sorted == "A 10.1.0.1, A 10.1.0.2")
        let bare = try cluster.ask("x.apps.svc.cluster.local", .srv)
        #expect(bare.message.answers.count == 4 && bare.message.additionals.count == 2)
        let b = try cluster.ask("_b._tcp.x.apps.svc.cluster.local", .srv)
        #expect(b.message.answers.count == 2 && b.message.additionals.count == 2)
    }

    @Test
    func `D27 the addresses of a target are there although its first endpoint lacks the port`()
        throws
    {
        let cluster = try served(isFilled: false)
        cluster.service("apps/x", ports: ["a:1", "b:2"])
        cluster.slice("apps/x-1", of: "x", ["10.1.0.1 h"], ports: ["a:1"])
        cluster.slice("apps/x-2", of: "x", ["10.1.0.2 h"], ports: ["b:2"])
        cluster.publish()
        let b = try cluster.ask("_b._tcp.x.apps.svc.cluster.local", .srv)
        #expect(b.summary == "SRV 0 100 2 h.x.apps.svc.cluster.local.")
        #expect(b.additionals.count == 2)
    }

    @Test func `a port that only endpoints have that are not ready does not exist`() throws {
        let cluster = try served(isFilled: false)
        cluster.service("apps/x", ports: ["a:1", "b:2"])
        cluster.slice("apps/x-1", of: "x", ["10.1.0.1"], ports: ["a:1"])
        cluster.slice("apps/x-2", of: "x", ["10.1.0.2 unready"], ports: ["b:2/UDP"])
        cluster.publish()
        #expect(try cluster.says("_a._tcp.x.apps.svc.cluster.local") == "NODATA")
        #expect(try cluster.says("_b._udp.x.apps.svc.cluster.local", .srv) == "NXDOMAIN")
        #expect(try cluster.says("_udp.x.apps.svc.cluster.local") == "NXDOMAIN")
    }

    @Test func `RFC 2782 every target has an address`() throws {
        let cluster = try served()
        for name in ["web.default", "dual.default", "db.apps", "peers.apps", "shared.apps"] {
            let answer = try cluster.ask("\(name).svc.cluster.local", .srv).message
            for record in answer.answers {
                let (target, _) = try record.data.name(at: 6)
                let four = try cluster.ask(target.description, .a).message.answers
                let six = try cluster.ask(target.description, .aaaa).message.answers
                #expect(!(four + six).isEmpty)
                #expect((four + six).allSatisfy { [.a, .aaaa].contains($0.type) })
            }
        }
    }
}
