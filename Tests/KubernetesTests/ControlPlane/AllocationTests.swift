import Network
import Testing

@testable import Kubernetes

@Suite("Addresses and node ports of services")
struct AllocationTests {
    @Test func `a service gets what an API server would give it`() throws {
        var cluster = Cluster()
        cluster.write(Cluster.service("web", "sessionAffinity: ClientIP"))
        let spec = try #require(cluster.service("web")).spec
        #expect(spec.ports[0].targetPort == .number(80))
        #expect(spec.sessionAffinityConfig.clientIP.timeoutSeconds == 10_800)
        #expect(spec.ipFamilies == [.v4])
        #expect(spec.ipFamilyPolicy == .singleStack)
        #expect(spec.allocateLoadBalancerNodePorts == nil)
        #expect(spec.clusterAddresses.count == 1)
    }

    @Test(
        "families follow the policy, the addresses and the cluster",
        arguments: [
            ("ipFamilyPolicy: PreferDualStack", [IPFamily.v4, .v6], 2),
            ("ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6]", [.v6, .v4], 2),
            ("ipFamilies: [IPv6]", [.v6], 1),
            ("clusterIP: 'fd00:10:96::1234'", [.v6], 1),
            ("clusterIP: None", [.v4, .v6], 0),
            ("clusterIP: None, selector: {a: b}", [.v4], 0),
            ("clusterIP: None, ipFamilyPolicy: SingleStack", [.v4], 0),
        ] as [(String, [IPFamily], Int)])
    func families(spec: String, families: [IPFamily], addresses: Int) throws {
        var cluster = Cluster()
        cluster.write(Cluster.service("web", spec))
        let made = try #require(cluster.service("web")).spec
        #expect(made.ipFamilies == families)
        #expect(made.clusterAddresses.count == addresses)
        if addresses > 0 { #expect(made.clusterAddresses.map(\.family) == families) }
    }

    @Test(
        "a cluster of one family refuses two",
        arguments: [
            "ipFamilyPolicy: RequireDualStack", "ipFamilies: [IPv6]", "clusterIP: 'fd00::1'",
        ])
    func oneFamily(spec: String) throws {
        var options = ControlPlaneOptions()
        options.serviceNetworks.removeLast()
        var cluster = Cluster(options)
        cluster.write(Cluster.service("web", spec))
        #expect(cluster.service("web") == nil)
        #expect(cluster.reports.count == 1)
        cluster.write(Cluster.service("web", "ipFamilyPolicy: PreferDualStack"))
        #expect(cluster.service("web")?.spec.ipFamilies == [.v4])
    }

    @Test func `an address that was taken is refused with both owners, until it is free`() {
        var cluster = Cluster()
        cluster.write(Cluster.service("one", "clusterIP: 10.96.0.50"))
        cluster.write(Cluster.service("two", "clusterIP: 10.96.0.50"), to: "b.yaml")
        #expect(cluster.service("two") == nil)
        #expect(
            cluster.reports == [
                "b.yaml:2:1: Service default/two: spec.clusterIPs[0]: 10.96.0.50 belongs to the"
                    + " service default/one already"
            ])
        cluster.write("", to: "c.yaml")
        #expect(cluster.reports == [])
        cluster.write("")
        #expect(cluster.addresses("two") == ["10.96.0.50"])
    }

    @Test func `two services of one file can change places`() {
        var cluster = Cluster()
        cluster.write(
            Cluster.service("one", "clusterIP: 10.96.0.1")
                + Cluster.service("two", "clusterIP: 10.96.0.2"))
        cluster.write(
            Cluster.service("one", "clusterIP: 10.96.0.2") + Cluster.service("two", ""))
        #expect(cluster.addresses("one") == ["10.96.0.1"])
        #expect(cluster.reports.count == 1)
        cluster.write(
            Cluster.service("one", "clusterIP: 10.96.0.2")
                + Cluster.service("two", "clusterIP: 10.96.0.3"))
        #expect(cluster.addresses("one") == ["10.96.0.2"])
        #expect(cluster.addresses("two") == ["10.96.0.3"])
        #expect(cluster.reports == [])
    }

    @Test(
        "an address that is no host's is refused",
        arguments: ["10.97.0.1", "10.96.0.0", "10.96.255.255", "fd00:10:96::"])
    func outside(address: String) {
        var cluster = Cluster()
        cluster.write(Cluster.service("web", "clusterIP: '\(address)'"))
        #expect(cluster.service("web") == nil)
    }

    @Test func `what was held survives a restart, named addresses notwithstanding`() throws {
        var first = Cluster()
        first.write(Cluster.service("web", "type: NodePort"))
        let spec = try #require(first.service("web")).spec
        let address = try #require(spec.clusterIPs.first).fieldText
        let saved = try Allocations(parsing: Array(first.plane.allocations.text.utf8))
        #expect(saved == first.plane.allocations)

        var second = Cluster(ControlPlaneOptions(), saved)
        second.write(
            Cluster.service("aaa", "clusterIP: \(address)")
                + Cluster.service("web", "type: NodePort"))
        #expect(second.service("web")?.spec == spec)
        #expect(second.service("aaa") == nil)

        var third = Cluster(ControlPlaneOptions(), saved)
        third.write(Cluster.service("aaa", "clusterIP: \(address)"))
        #expect(third.addresses("aaa") == [address])
    }

    @Test func `addresses nobody named come from the upper part until it is full`() {
        var options = ControlPlaneOptions()
        options.serviceNetworks = [CIDR("10.9.0.0/27")].compactMap(\.self)
        var cluster = Cluster(options)
        var text = ""
        for number in 0..<14 { text += Cluster.service("s\(number)", "") }
        cluster.write(text)
        let upper = (0..<14).flatMap { cluster.addresses("s\($0)") }
        #expect(Set(upper) == Set((17...30).map { "10.9.0.\($0)" }))
        for number in 14..<31 { text += Cluster.service("s\(number)", "") }
        cluster.write(text)
        #expect(Set((0..<31).flatMap { cluster.addresses("s\($0)") }).count == 30)
        #expect(cluster.reports.count == 1)
        #expect((0..<14).flatMap { cluster.addresses("s\($0)") } == upper)
    }

    @Test func `node ports are kept, shared by protocols, and free for health checks`() throws {
        var cluster = Cluster()
        let ports = "[{port: 53, name: a}, {port: 53, name: b, protocol: UDP}]"
        cluster.write(
            Cluster.service(
                "dns", "type: LoadBalancer, externalTrafficPolicy: Local", ports: ports))
        let spec = try #require(cluster.service("dns")).spec
        #expect(spec.ports[0].nodePort == spec.ports[1].nodePort)
        #expect(30_086...32_767 ~= spec.ports[0].nodePort)
        #expect(30_086...32_767 ~= spec.healthCheckNodePort)
        #expect(spec.healthCheckNodePort != spec.ports[0].nodePort)
        #expect(spec.allocateLoadBalancerNodePorts == true)
        #expect(try #require(cluster.service("dns")).status.loadBalancer.ingress.isEmpty)

        cluster.write(Cluster.service("dns", "type: NodePort", ports: ports))
        #expect(cluster.service("dns")?.spec.ports == spec.ports)
        #expect(cluster.service("dns")?.spec.healthCheckNodePort == 0)
        cluster.write(Cluster.service("dns", "", ports: ports))
        #expect(cluster.plane.allocations.holdings.values.flatMap(\.nodePorts) == [])
        cluster.write(
            Cluster.service("dns", "type: LoadBalancer, allocateLoadBalancerNodePorts: false"))
        #expect(cluster.service("dns")?.spec.ports.map(\.nodePort) == [0])
    }

    @Test(
        "node ports that cannot be had are refused",
        arguments: ["29999", "32768", "30001"])
    func nodePorts(number: String) {
        var cluster = Cluster()
        cluster.write(
            Cluster.service("one", "type: NodePort", ports: "[{port: 1, nodePort: 30001}]"))
        cluster.write(
            Cluster.service("two", "type: NodePort", ports: "[{port: 1, nodePort: \(number)}]"),
            to: "b.yaml")
        #expect(cluster.service("two") == nil)
        #expect(cluster.reports.first?.contains("spec.ports[0].nodePort") == true)
    }

    @Test func `networks of manifests take the place of the configured ones`() {
        var cluster = Cluster()
        let cidr = "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: net}, "
        cluster.write(Cluster.service("web", ""))
        #expect(cluster.addresses("web").allSatisfy { $0.hasPrefix("10.96.") })
        cluster.write(cidr + "spec: {cidrs: [10.9.0.0/24]}}", to: "n.yaml")
        #expect(cluster.addresses("web").allSatisfy { $0.hasPrefix("10.9.0.") })
        #expect(cluster.objects.keys.filter { $0.kind == .serviceCIDR }.map(\.key.name) == ["net"])
        cluster.write("", to: "n.yaml")
        #expect(cluster.addresses("web").allSatisfy { $0.hasPrefix("10.96.") })
        #expect(
            cluster.objects.keys.filter { $0.kind == .serviceCIDR }.map(\.key.name)
                == ["kubernetes"])
    }

    @Test(
        "a damaged file of allocations is not trusted",
        arguments: [
            "", "[]", "{", "{\"version\":2,\"services\":[]}", "{\"version\":1,\"services\":[{}]}",
            #"{"version":1,"services":[{"namespace":"a","name":"b","addresses":["x"],"nodePorts":[]}]}"#,
            #"{"version":1,"services":[{"namespace":"a","name":"b","addresses":["10.0.0.1"],"#
                + #""nodePorts":[]},{"namespace":"a","name":"c","addresses":["10.0.0.1"],"nodePorts":[]}]}"#,
        ])
    func damage(text: String) {
        #expect(throws: Allocations.Damage.self) { try Allocations(parsing: Array(text.utf8)) }
    }
}
