import FuzzSupport
import Kubernetes
import Testing

@testable import DNS

@Suite struct EndpointNameTests {
    @Test func `D6 D12 D40 D42 a headless service has its ready endpoints, each once`() throws {
        let cluster = try served()
        #expect(try cluster.ask("db.apps.svc.cluster.local").sorted == "A 172.16.1.1, A 172.16.1.2")
        #expect(try cluster.says("db.apps.svc.cluster.local", .aaaa) == "AAAA fd00:16:1::1")
        #expect(
            try cluster.ask("peers.apps.svc.cluster.local").sorted
                == "A 172.16.2.1, A 172.16.2.2, A 172.16.2.3")
        #expect(try cluster.says("db-2.db.apps.svc.cluster.local") == "NXDOMAIN")
    }

    @Test func `D12 D41 the controller has made endpoints ready that shall be published`() throws {
        let cluster = try served()
        #expect(try cluster.says("eager.apps.svc.cluster.local") == "A 172.16.5.1")
        #expect(try cluster.says("eager-0.eager.apps.svc.cluster.local") == "A 172.16.5.1")
    }

    /// A pod's hostname is in the slices of the service that its subdomain names.
    @Test func `D14 a pod has a name of its own below a service that exists`() throws {
        let cluster = try served()
        cluster.slice("apps/ghost-1", of: "ghost", ["172.16.7.1 web-0"], ports: ["http:80"])
        cluster.publish()
        for name in ["ghost.apps", "web-0.ghost.apps"] {
            #expect(try cluster.says("\(name).svc.cluster.local") == "NXDOMAIN")
        }
        #expect(try cluster.says("1.7.16.172.in-addr.arpa", .ptr) == "NXDOMAIN")
        cluster.service("apps/ghost")
        cluster.publish()
        #expect(try cluster.says("web-0.ghost.apps.svc.cluster.local") == "A 172.16.7.1")
        #expect(try cluster.says("web-1.ghost.apps.svc.cluster.local") == "NXDOMAIN")
        let name = "PTR web-0.ghost.apps.svc.cluster.local."
        #expect(try cluster.says("1.7.16.172.in-addr.arpa", .ptr) == name)
    }

    @Test func `D43 a service with an address needs no endpoint, unless that is wanted`() throws {
        #expect(try served().says("idle.default.svc.cluster.local") == "A 10.96.0.4")
        let cluster = try served("\(kubernetes) {\nignore empty_service\n}")
        #expect(try cluster.says("idle.default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("4.0.96.10.in-addr.arpa", .ptr) == "NXDOMAIN")
        #expect(try cluster.says("web.default.svc.cluster.local") == "A 10.96.0.1")
        #expect(try cluster.says("ext.default.svc.cluster.local") == "CNAME www.example.com.")
    }

    @Test func `D44 a headless service without a ready endpoint does not exist`() throws {
        let cluster = try served()
        #expect(try cluster.says("none.apps.svc.cluster.local") == "NXDOMAIN")
        cluster.slice("apps/none-1", of: "none", ["172.16.4.1"], ports: ["http:80"])
        cluster.publish()
        #expect(try cluster.says("none.apps.svc.cluster.local") == "A 172.16.4.1")
        cluster.delete(EndpointSlice.self, "apps/none-1")
        cluster.publish()
        #expect(try cluster.says("none.apps.svc.cluster.local") == "NXDOMAIN")
    }

    @Test func `D45 without endpoints only services with addresses have names`() throws {
        let cluster = try served("\(kubernetes) {\nnoendpoints\n}")
        #expect(try cluster.says("web.default.svc.cluster.local") == "A 10.96.0.1")
        #expect(try cluster.says("db.apps.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("172-16-0-1.web.default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("1.0.16.172.in-addr.arpa", .ptr) == "NXDOMAIN")
    }
}
