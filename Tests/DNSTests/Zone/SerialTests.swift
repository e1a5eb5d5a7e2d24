import FuzzSupport
import Kubernetes
import Testing

@testable import DNS

@Suite struct SerialTests {
    /// Changes after which all names and addresses are what they were.
    static let equal: [(String, @Sendable (NamedCluster) -> Void)] = [
        ("nothing", { _ in }),
        (
            "labels and annotations",
            {
                $0.service("default/web", ["10.96.0.1"], ports: ["http:80", "https:443"]) {
                    $0.metadata.labels = ["a": "b"]
                    $0.metadata.resourceVersion = "99"
                    $0.spec.sessionAffinity = .clientIP
                }
            }
        ),
        (
            "an endpoint that is not ready is gone",
            {
                $0.slice(
                    "default/web-1", of: "web", ["172.16.0.1", "172.16.0.2"],
                    ports: ["http:8080", "https:8443"])
            }
        ),
        (
            "the order of endpoints",
            {
                $0.slice(
                    "default/web-1", of: "web", ["172.16.0.2", "172.16.0.1"],
                    ports: ["http:8080", "https:8443"])
            }
        ),
        (
            "another slice with the same endpoint",
            { $0.slice("apps/db-3", of: "db", ["172.16.1.1 db-0"], ports: ["mysql:13306"]) }
        ),
        (
            "a slice without a ready endpoint, of other ports",
            { $0.slice("apps/db-0", of: "db", ["172.16.1.9 unready"], ports: ["other:1"]) }
        ),
        ("a slice of no service", { $0.slice("apps/y-1", of: "y", ["172.16.9.9"]) }),
        ("the pods, where nobody looks for them", { $0.pod("apps/new", ["10.244.0.7"]) }),
        ("the labels of a namespace", { $0.namespace("apps", ["a": "b"]) }),
        (
            "an alias to the same name in other words",
            { $0.alias("default/ext", to: "www.example.com.") }
        ),
    ]

    @Test(arguments: equal.indices)
    func `D36 the serial stays where no answer changes`(number: Int) throws {
        let cluster = try served()
        let records = cluster.index.records()
        Self.equal[number].1(cluster)
        cluster.publish(at: 1_800_000_100)
        #expect(cluster.index.index.serial == 1_800_000_000, "\(Self.equal[number].0)")
        #expect(cluster.index.records() == records)
    }

    static let different: [(String, @Sendable (NamedCluster) -> Void)] = [
        (
            "a slice is added",
            { $0.slice("apps/db-3", of: "db", ["172.16.1.9 db-9"], ports: ["mysql:13306"]) }
        ),
        ("a slice is gone", { $0.delete(EndpointSlice.self, "apps/peers-6") }),
        (
            "an endpoint is ready",
            { $0.slice("apps/none-1", of: "none", ["172.16.4.1"], ports: ["http:80"]) }
        ),
        (
            "an endpoint's hostname",
            { $0.slice("apps/eager-1", of: "eager", ["172.16.5.1 eager-1"], ports: ["http:80"]) }
        ),
        ("a port", { $0.service("default/web", ["10.96.0.1"], ports: ["http:81", "https:443"]) }),
        ("a service becomes headless", { $0.service("default/web", ports: ["http:80"]) }),
        ("a service becomes an alias", { $0.alias("default/web", to: "a.example") }),
        ("an alias becomes a service", { $0.service("default/ext", ["10.96.0.99"]) }),
        ("a service is gone", { $0.delete(Service.self, "default/web") }),
        ("a namespace is gone", { $0.delete(Namespace.self, "empty") }),
        ("a namespace is there", { $0.namespace("new") }),
    ]

    @Test(arguments: different.indices)
    func `D36 RFC 1982 the serial is the second of the last change`(number: Int) throws {
        let cluster = try served()
        Self.different[number].1(cluster)
        cluster.publish(at: 1_800_000_100)
        #expect(cluster.index.index.serial == 1_800_000_100, "\(Self.different[number].0)")
        let soa = try cluster.ask("cluster.local", .soa).message.answers[0]
        #expect(soa.data.number32(at: soa.data.count - 20) == 1_800_000_100)
    }

    @Test func `RFC 1982 the serial never goes back, whatever the clock does`() throws {
        let cluster = try served()
        cluster.namespace("new")
        cluster.publish(at: 1_700_000_000)
        #expect(cluster.index.index.serial == 1_800_000_000)
    }

    @Test func `RFC 1982 an empty cluster has a serial once that is known`() throws {
        let cluster = try served(isFilled: false, isSynced: false)
        #expect(cluster.index.index.serial == 0)
        cluster.sync()
        cluster.publish(at: 1_800_000_007)
        #expect(cluster.index.index.serial == 1_800_000_007)
    }

    /// The service of one name, in all its kinds one after the other.
    @Test func `what a service was leaves nothing behind`() throws {
        let cluster = try served()
        #expect(try cluster.says("web.default.svc.cluster.local") == "A 10.96.0.1")
        cluster.service("default/web", ports: ["http:80"])
        cluster.publish()
        #expect(
            try cluster.ask("web.default.svc.cluster.local").sorted == "A 172.16.0.1, A 172.16.0.2")
        #expect(try cluster.says("1.0.96.10.in-addr.arpa", .ptr) == "NXDOMAIN")
        cluster.alias("default/web", to: "a.example")
        cluster.publish()
        #expect(try cluster.says("web.default.svc.cluster.local") == "CNAME a.example.")
        #expect(try cluster.says("172-16-0-1.web.default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("1.0.16.172.in-addr.arpa", .ptr) == "NXDOMAIN")
        #expect(try cluster.says("0.16.172.in-addr.arpa", .ptr) == "NXDOMAIN")
        cluster.delete(Service.self, "default/web")
        cluster.publish()
        #expect(try cluster.says("web.default.svc.cluster.local") == "NXDOMAIN")
    }

    @Test func `a namespace that is deleted exists as long as a service in it`() throws {
        let cluster = try served()
        cluster.delete(Namespace.self, "kube-system")
        cluster.publish()
        #expect(try cluster.says("kube-system.svc.cluster.local") == "NODATA")
        cluster.delete(Service.self, "kube-system/kube-dns")
        cluster.publish()
        #expect(try cluster.says("kube-system.svc.cluster.local") == "NXDOMAIN")
    }
}
