import FuzzSupport
import Kubernetes
import Testing

@testable import DNS

@Suite struct ScopeTests {
    @Test func `D50 namespaces that are not named do not exist, nor what leads back to them`()
        throws
    {
        let cluster = try served("\(kubernetes) {\nnamespaces apps\npods insecure\n}")
        #expect(try cluster.says("bare.apps.svc.cluster.local") == "A 172.16.6.1")
        for name in [
            "web.default.svc.cluster.local", "default.svc.cluster.local",
            "1-2-3-4.default.pod.cluster.local", "1.0.96.10.in-addr.arpa",
            "1.0.16.172.in-addr.arpa", "10.in-addr.arpa",
        ] {
            #expect(try cluster.says(name, .ptr) == "NXDOMAIN", "\(name)")
        }
    }

    @Test func `D50 namespaces come and go with their labels`() throws {
        let cluster = try served("\(kubernetes) {\nnamespace_labels team in (a, b)\n}")
        #expect(try cluster.says("web.default.svc.cluster.local") == "NXDOMAIN")
        cluster.namespace("default", ["team": "a"])
        cluster.publish()
        #expect(try cluster.says("web.default.svc.cluster.local") == "A 10.96.0.1")
        #expect(try cluster.says("1.0.96.10.in-addr.arpa", .ptr) != "NXDOMAIN")
        cluster.namespace("default", ["team": "c"])
        cluster.publish()
        #expect(try cluster.says("web.default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("1.0.96.10.in-addr.arpa", .ptr) == "NXDOMAIN")
    }

    @Test func `D50 services come and go with their labels`() throws {
        let cluster = try served("\(kubernetes) {\nlabels shown\n}")
        #expect(try cluster.says("web.default.svc.cluster.local") == "NXDOMAIN")
        cluster.service("default/web", ["10.96.0.1"]) { $0.metadata.labels = ["shown": ""] }
        cluster.publish()
        #expect(try cluster.says("web.default.svc.cluster.local") == "A 10.96.0.1")
        #expect(try cluster.says("default.svc.cluster.local") == "NODATA")
    }

    @Test func `D51 only a name that does not exist falls through`() throws {
        let cluster = try served(
            "\(kubernetes) {\nfallthrough in-addr.arpa\n}\nforward . 192.0.2.1")
        func isForwarded(_ name: String) throws -> Bool {
            let query = DNS.Message.query(try DomainName(name), .ptr, id: 1)
            return cluster.answer(query.encoded()) == nil
        }
        #expect(try isForwarded("9.9.9.9.in-addr.arpa"))
        #expect(try !isForwarded("10.in-addr.arpa"))
        #expect(try !isForwarded("1.0.96.10.in-addr.arpa"))
        #expect(try !isForwarded("e.ip6.arpa"))
        #expect(try !isForwarded("missing.default.svc.cluster.local"))
        #expect(try cluster.says("e.ip6.arpa", .ptr) == "NXDOMAIN")
    }

    @Test(arguments: ["", "fallthrough"])
    func `D53 D92 before everything is known, nothing is said not to exist`(option: String) throws {
        let cluster = try served(
            "\(kubernetes) {\npods insecure\n\(option)\n}\nforward . 192.0.2.1", isSynced: false)
        for name in [
            "missing.default.svc.cluster.local", "web.default.svc.cluster.local",
            "missing.svc.cluster.local", "1-2-3-4.missing.pod.cluster.local",
            "9.9.9.9.in-addr.arpa", "9.in-addr.arpa", "e.ip6.arpa",
        ] {
            let answer = try cluster.ask(name) { $0.edns = EDNS(payloadSize: 1232) }
            #expect(answer.summary == "SERVFAIL", "\(name)")
            // "Not ready" (RFC 8914).
            #expect(
                answer.message.edns?.options == [EDNS.Option(.extendedError, [0, 14])], "\(name)")
        }
        // No object could make it exist; others are asked for it where that is wanted.
        let impossible = Message.query(DomainName(words: "www.a.cluster.local"), .a, id: 1)
        let answer = try cluster.ask(impossible.encoded())
        #expect(answer?.summary == (option.isEmpty ? "NXDOMAIN" : nil))
        #expect(try cluster.says("cluster.local") == "NODATA")
        #expect(try cluster.says("svc.cluster.local") == "NODATA")
        #expect(try cluster.says("dns-version.cluster.local", .txt) == "TXT 1.1.0")
    }

    @Test func `D31 D60 names of no zone are refused, and the longest zone answers`() throws {
        let cluster = try served("kubernetes cluster.local 10.in-addr.arpa 96.10.in-addr.arpa")
        #expect(try cluster.says("example.com") == "REFUSED")
        #expect(try cluster.says("local") == "REFUSED")
        #expect(try cluster.says("1.0.16.172.in-addr.arpa", .ptr) == "REFUSED")
        #expect(try cluster.says("xcluster.local") == "REFUSED")
        let denial = try cluster.ask("9.9.96.10.in-addr.arpa", .ptr).message.authorities
        #expect(denial[0].name.description == "96.10.in-addr.arpa.")
        let wider = try cluster.ask("9.9.9.10.in-addr.arpa", .ptr).message.authorities
        #expect(wider[0].name.description == "10.in-addr.arpa.")
    }
}
