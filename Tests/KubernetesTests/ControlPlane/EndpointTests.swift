import Network
import Testing

@testable import Kubernetes

@Suite("Slices of the pods that services select")
struct EndpointTests {
    private let web = Cluster.service("web", "selector: {app: web}, clusterIP: None")

    private func conditions(_ status: String, meta: String = "", spec: String = "") -> [Bool?] {
        var cluster = Cluster()
        cluster.write(
            Cluster.service("web", "selector: {app: web}\(spec)")
                + Cluster.pod("p", "10.0.0.1", status: status, meta: meta))
        guard let conditions = cluster.slices.first?.endpoints.first?.conditions else { return [] }
        return [conditions.ready, conditions.serving, conditions.terminating]
    }

    @Test func `conditions say what the pod says`() {
        #expect(conditions("") == [true, true, false])
        #expect(conditions(", phase: Running") == [true, true, false])
        #expect(conditions(", phase: Pending") == [false, false, false])
        #expect(
            conditions(", phase: Running, conditions: [{type: Ready, status: 'False'}]") == [
                false, false, false,
            ])
        #expect(
            conditions(", phase: Pending", spec: ", publishNotReadyAddresses: true") == [
                true, false, false,
            ])
        let going = ", deletionTimestamp: '2026-01-31T12:00:00Z'"
        #expect(conditions("", meta: going) == [false, true, true])
        #expect(
            conditions("", meta: going, spec: ", publishNotReadyAddresses: true") == [
                true, true, true,
            ])
        #expect(conditions(", phase: Succeeded") == [])
        #expect(conditions(", phase: Failed") == [])
    }

    @Test func `a slice says who made it, where the pod runs, and its name`() throws {
        var cluster = Cluster()
        cluster.write(
            web + Cluster.pod("p", "10.0.0.1", spec: "nodeName: node1, hostname: h, subdomain: web")
                + Cluster.pod("q", "10.0.0.2", spec: "hostname: h, subdomain: other"))
        cluster.write(
            "{apiVersion: v1, kind: Node, metadata: {name: node1, labels: {topology.kubernetes.io/zone: z}}}",
            to: "n.yaml")
        let slice = try #require(cluster.slices.first)
        #expect(cluster.slices.count == 1)
        #expect(slice.serviceName == "web")
        #expect(
            slice.metadata.labels["endpointslice.kubernetes.io/managed-by"]
                == "endpointslice-controller.k8s.io")
        #expect(slice.metadata.labels["service.kubernetes.io/headless"] == "")
        #expect(slice.metadata.name.hasPrefix("web-"))
        #expect(slice.endpoints.map(\.target.name) == ["p", "q"])
        #expect(slice.endpoints.map(\.hostname) == ["h", ""])
        #expect(slice.endpoints.map(\.nodeName) == ["node1", ""])
        #expect(slice.endpoints.map(\.zone) == ["z", ""])
    }

    @Test func `named ports are each pod's own, and make slices of their own`() {
        var cluster = Cluster()
        let containers = { (port: Int) in
            "containers: [{name: c, ports: [{name: http, containerPort: \(port)}]}]"
        }
        cluster.write(
            Cluster.service(
                "web", "selector: {app: web}", ports: "[{port: 80, targetPort: http}]")
                + Cluster.pod("p", "10.0.0.1", spec: containers(8080))
                + Cluster.pod("q", "10.0.0.2", spec: containers(8081))
                + Cluster.pod(
                    "r", "10.0.0.3",
                    spec: "initContainers: [{name: i, restartPolicy: Always, ports: [{name: http,"
                        + " containerPort: 8080}]}]")
                + Cluster.pod("s", "10.0.0.4"))
        let slices = cluster.slices.map { ($0.ports.map(\.port), $0.endpoints.map(\.target.name)) }
        #expect(slices.count == 3)
        #expect(slices.contains { $0 == [8080] && $1 == ["p", "r"] })
        #expect(slices.contains { $0 == [8081] && $1 == ["q"] })
        #expect(slices.contains { $0 == [] && $1 == ["s"] })
    }

    @Test func `a service of two families has a slice of each, also without pods`() {
        var cluster = Cluster()
        cluster.write(
            Cluster.service("web", "selector: {app: web}, ipFamilyPolicy: PreferDualStack"))
        #expect(Set(cluster.slices.map(\.addressType)) == [.ipv4, .ipv6])
        #expect(cluster.slices.allSatisfy { $0.endpoints.isEmpty })
        cluster.write(Cluster.pod("p", "10.0.0.1"), to: "p.yaml")
        #expect(cluster.slices.map(\.endpoints.count).sorted() == [0, 1])
        #expect(cluster.slices.count == 2)
        cluster.write("", to: "a.yaml")
        #expect(cluster.slices == [])
    }

    @Test func `250 pods fill three slices, and one that goes changes one`() {
        var cluster = Cluster()
        cluster.write(web)
        for number in 0..<250 {
            cluster.write(Cluster.pod("p\(number)", "10.0.1.\(number)"), to: "p\(number).yaml")
        }
        #expect(cluster.slices.map(\.endpoints.count).sorted() == [50, 100, 100])
        let names = cluster.slices.map(\.metadata.name)
        cluster.write("", to: "p7.yaml")
        #expect(cluster.put.count == 1)
        #expect(cluster.slices.map(\.endpoints.count).sorted() == [50, 99, 100])
        cluster.write(Cluster.pod("new", "10.0.2.1"), to: "new.yaml")
        #expect(cluster.put.filter { $0.kind == .endpointSlice }.count == 1)
        #expect(cluster.slices.map(\.endpoints.count).sorted() == [50, 100, 100])
        for number in 100..<200 { cluster.write("", to: "p\(number).yaml") }
        #expect(cluster.slices.count == 2)
        #expect(Set(cluster.slices.map(\.metadata.name)).isSubset(of: names))
    }

    @Test func `a pod that changes touches no service that does not select it`() {
        var cluster = Cluster()
        cluster.write(web + Cluster.service("other", "selector: {app: other}"))
        cluster.write(Cluster.pod("p", "10.0.0.1"), to: "p.yaml")
        #expect(
            cluster.put.map(\.kind) == [.pod, .endpointSlice]
                && cluster.put.last?.key.name.hasPrefix("web-") == true)
        cluster.write(Cluster.pod("p", "10.0.0.1", spec: "hostNetwork: true"), to: "p.yaml")
        #expect(cluster.put.map(\.kind) == [.pod])
    }

    @Test func `a slice of a manifest stays as it is, and keeps its name from ours`() throws {
        var cluster = Cluster()
        cluster.write(web + Cluster.pod("p", "10.0.0.1"))
        let ours = try #require(cluster.slices.first?.metadata.name)
        cluster.write(
            "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: \(ours)}, "
                + "addressType: IPv4, endpoints: [{addresses: [10.9.9.9]}]}", to: "s.yaml")
        #expect(cluster.slices.count == 2)
        let manual = try #require(cluster.slices.first { $0.metadata.name == ours })
        #expect(manual.endpoints.map(\.addresses) == [[.v4(.init(10, 9, 9, 9))]])
        let other = try #require(cluster.slices.first { $0.metadata.name != ours })
        #expect(other.endpoints.map(\.target.name) == ["p"])
        cluster.write("", to: "s.yaml")
        #expect(cluster.slices.map(\.endpoints.count) == [1])
    }
}
