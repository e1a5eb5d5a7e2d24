import Kubernetes
import Network
import Testing

@testable import DNS

@Suite struct NameExplanationTests {
    private static let zone = DomainName(unchecked: [7] + "cluster".utf8 + [5] + "local".utf8 + [0])

    private static func service(
        _ name: String, _ addresses: [String], headless: Bool = false,
        _ change: (inout Service) -> Void = { _ in }
    ) -> Service {
        var service = Service()
        (service.metadata.namespace, service.metadata.name) = ("shop", name)
        service.spec.clusterIPs =
            headless ? [.none] : addresses.compactMap { IPAddress($0) }.map { .address($0) }
        service.spec.ports = [port("http", .tcp, 80), port("metrics", .tcp, 9100)]
        service.spec.selector = ["app": name]
        change(&service)
        return service
    }

    private static func port(_ name: String, _ transport: TransportProtocol, _ number: UInt16)
        -> ServicePort
    {
        var port = ServicePort()
        (port.name, port.transport, port.port) = (name, transport, number)
        return port
    }

    private static func slice(_ service: String, _ endpoints: EndpointList) -> EndpointSlice {
        var slice = EndpointSlice()
        (slice.metadata.namespace, slice.metadata.name) = ("shop", "\(service)-abc")
        slice.metadata.labels[EndpointSlice.serviceLabel] = service
        slice.endpoints = endpoints
        var port = EndpointPort()
        (port.name, port.port) = ("http", 8080)
        slice.ports = [port]
        return slice
    }

    private static func endpoint(
        _ address: String, ready: Bool = true, pod: String = "", hostname: String = ""
    ) -> Endpoint {
        var endpoint = Endpoint()
        endpoint.addresses = [IPAddress(address)].compactMap(\.self)
        endpoint.conditions.ready = ready
        endpoint.target = EndpointTarget(pod: pod)
        endpoint.hostname = hostname
        return endpoint
    }

    private static var snapshot: Snapshot {
        var writer = StoreWriter()
        for name in ["shop", "empty"] {
            var namespace = Namespace()
            namespace.metadata.name = name
            writer.put(namespace)
        }
        writer.put(service("web", ["10.96.0.10"]))
        writer.put(
            slice("web", [endpoint("10.1.0.1", pod: "web-1"), endpoint("10.1.0.2", ready: false)]))
        writer.put(service("down", ["10.96.0.11", "fd00::11"]))
        writer.put(service("db", [], headless: true))
        writer.put(
            slice(
                "db",
                [
                    endpoint("10.1.0.3", pod: "db-0", hostname: "db-0"),
                    endpoint("10.1.0.4", pod: "db-1"),
                    endpoint("10.1.0.5", ready: false, pod: "db-2", hostname: "db-2"),
                ]))
        writer.put(service("cold", [], headless: true))
        writer.put(
            slice("cold", [endpoint("10.1.0.6", ready: false), endpoint("10.1.0.7", ready: false)]))
        writer.put(service("lonely", [], headless: true))
        writer.put(
            service("away", []) {
                ($0.spec.type, $0.spec.externalName) = (.externalName, "db.example")
            })
        writer.put(
            service("wrong", []) {
                ($0.spec.type, $0.spec.externalName) = (.externalName, "10.0.0.1")
            })
        writer.put(service("new", []))
        var pod = Pod()
        (pod.metadata.namespace, pod.metadata.name) = ("shop", "web-1")
        var address = PodIP()
        address.ip = "10.1.0.1"
        pod.status.podIPs = [address]
        writer.put(pod)
        writer.publish()
        return writer.store.snapshot
    }

    private func lines(_ name: String, _ types: [RecordType]) throws -> [String] {
        let name = name.hasSuffix(".") ? name : "\(name).cluster.local."
        return try #require(
            NameExplanation(DomainName(name), types, Self.snapshot, zone: Self.zone)
        ).lines
    }

    @Test(
        arguments: [
            ("web.shop.svc", RecordType.a, "service shop/web has the address 10.96.0.10"),
            ("WEB.Shop.svc", .a, "behind it: 1 ready endpoint"),
            ("web.shop.svc", .aaaa, "it has no address of IPv6, so there is no AAAA record"),
            ("web.shop.svc", .mx, "such a name has A, AAAA, SRV, and never MX"),
            ("web.shop.svc", .srv, "it has http (80/TCP), metrics (9100/TCP)"),
            (
                "down.shop.svc", .a,
                "no ready endpoint stands behind it (no running pod matches app=down): connections fail"
            ),
            ("web.nosuch.svc", .a, "namespace nosuch does not exist"),
            ("web.nosuch.svc", .a, "there is service shop/web"),
            ("nosuch.svc", .a, "namespace nosuch does not exist"),
            ("web.empty.svc", .a, "service empty/web does not exist"),
            ("shop.svc", .a, "namespace shop exists, and its own name has no records"),
            ("svc", .a, "svc.cluster.local. has no records itself: services lie below it"),
            ("@", .a, "cluster.local. is the cluster's zone itself: it has a SOA and NS records"),
            ("web.shop", .a, "service shop/web is web.shop.svc.cluster.local."),
            (
                "www.example", .a,
                "'example' is none of svc, pod and dns, below which all names of cluster.local. lie"
            ),
            (
                "db.shop.svc", .a,
                "service shop/db is headless, with 2 ready endpoints, and 1 not ready"
            ),
            (
                "db.shop.svc", .a,
                "endpoint db-0 at 10.1.0.3 is ready (EndpointSlice db-abc, pod db-0)"
            ),
            (
                "cold.shop.svc", .a,
                "service shop/cold exists, but has no ready endpoint: 2 not ready"
            ),
            (
                "lonely.shop.svc", .a,
                "service shop/lonely exists, but has no ready endpoint: no running pod matches app=lonely"
            ),
            (
                "away.shop.svc", .a,
                "service shop/away is of type ExternalName: its name stands for db.example."
            ),
            ("x.away.shop.svc", .a, "nothing lies below such a name"),
            (
                "wrong.shop.svc", .a,
                "service shop/wrong exists, but its external name '10.0.0.1' is no name"
            ),
            ("new.shop.svc", .a, "service shop/new exists, but has no address yet"),
            (
                "db-0.db.shop.svc", .a,
                "endpoint db-0 at 10.1.0.3 is ready (EndpointSlice db-abc, pod db-0)"
            ),
            (
                "db-2.db.shop.svc", .a,
                "endpoint db-2 at 10.1.0.5 is not ready, and so has no record (EndpointSlice db-abc, pod db-2)"
            ),
            ("db-1.db.shop.svc", .a, "pod db-1 with the address 10.1.0.4 goes by 10-1-0-4"),
            ("10-1-0-3.db.shop.svc", .a, "pod db-0 with the address 10.1.0.3 goes by db-0"),
            ("x.db.shop.svc", .a, "it has db-0, 10-1-0-4"),
            ("_tcp.web.shop.svc", .a, "names below this"),
            ("_udp.web.shop.svc", .a, "service shop/web has no named port of UDP"),
            ("_http._tcp.web.shop.svc", .srv, "service shop/web has http (80/TCP)"),
            ("_http._tcp.web.shop.svc", .a, "such a name has SRV, and never A"),
            ("_http._tcp.db.shop.svc", .srv, "service shop/db has http (8080/TCP)"),
            (
                "_https._tcp.web.shop.svc", .srv,
                "service shop/web has no port named https of TCP; it has http (80/TCP), metrics (9100/TCP)"
            ),
            (
                "a.b.web.shop.svc", .a,
                "names two levels below a service are of ports, such as _http._tcp"
            ),
            (
                "a.b.c.web.shop.svc", .a,
                "service shop/web exists, and nothing lies that far below it"
            ),
            ("10-1-0-1.shop.pod", .a, "pod shop/web-1 has the address 10.1.0.1"),
            (
                "10-1-0-1.empty.pod", .a,
                "no pod of namespace empty has the address 10.1.0.1, but pod shop/web-1 has"
            ),
            ("web-1.shop.pod", .a, "'web-1' is no address with dashes"),
            ("1-2-3-4.x.pod", .a, "namespace x does not exist"),
            ("10.0.96.10.in-addr.arpa.", .ptr, "10.96.0.10 is the address of service shop/web"),
            (
                "3.0.1.10.in-addr.arpa.", .ptr,
                "service shop/db: endpoint db-0 at 10.1.0.3 is ready (EndpointSlice db-abc, pod db-0)"
            ),
            (
                "9.9.9.9.in-addr.arpa.", .ptr,
                "no service and no endpoint of one has the address 9.9.9.9"
            ),
            ("1.10.in-addr.arpa.", .ptr, "1.10.in-addr.arpa. is not all of an address"),
        ] as [(String, RecordType, String)])
    func `a name is explained by objects`(name: String, type: RecordType, line: String) throws {
        let lines = try lines(name == "@" ? "cluster.local." : name, [type])
        #expect(lines.contains { $0.contains(line) }, "\(lines)")
    }

    @Test func `other names are not the cluster's`() throws {
        let name = try DomainName("example.org")
        #expect(NameExplanation(name, [.a], Self.snapshot, zone: Self.zone) == nil)
        #expect(NameExplanation.kinds(name, zone: Self.zone).isEmpty)
        let pod = try DomainName("1-2-3-4.shop.pod.cluster.local")
        #expect(NameExplanation.kinds(pod, zone: Self.zone).contains(.pod))
    }
}
