import Kubernetes
import Network
import Testing

@testable import Proxy

/// Which endpoints a port has, of all that slices list.
@Suite struct `Slices of a service` {
    private func cluster(
        _ slices: Shared<EndpointSlice>..., family: IPFamily = .v4
    ) -> String {
        meaning(web(), slices, family: family).ports[0].cluster.numbersAndPorts
    }

    @Test func `S9 only a slice of the service and of the family counts`() {
        #expect(cluster(slice(["1"]) { $0.metadata.labels = [:] }) == "")
        #expect(
            cluster(slice(["1"]) { $0.metadata.labels = [EndpointSlice.serviceLabel: ""] }) == "")
        #expect(cluster(slice(["1"]) { $0.metadata.namespace = "other" }) == "")
        #expect(cluster(slice(["1"]), slice(["fd00::1"], "web-2")) == "1:8080")
        #expect(
            cluster(slice(["1"]), slice(["fd00::1"], "web-2"), family: .v6) == "fd00::1:8080")
        #expect(cluster(slice([]) { $0.addressType = .name }) == "")
    }

    @Test func `S10 a slice's port needs a number, the name and the protocol`() {
        #expect(cluster(slice(["1"], ports: [("", nil)])) == "")
        #expect(cluster(slice(["1"], ports: [("", 0)])) == "")
        #expect(cluster(slice(["1"], ports: [("http", 8080)])) == "")
        #expect(cluster(slice(["1"]) { $0.ports[0].transport = .udp }) == "")
        #expect(cluster(slice(["1"], ports: [("other", 1), ("", 2)])) == "1:2")
        #expect(cluster(slice(["1"], ports: [])) == "")
    }

    @Test func `S10 of an endpoint's addresses the first counts, however it is padded`() throws {
        let json = """
            {"metadata":{"name":"web-1","namespace":"default",
            "labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4",
            "endpoints":[{"addresses":["10.000.000.008","10.0.0.9"]}],"ports":[{"port":80}]}
            """
        let slice = try ObjectFormat.json.decode(
            EndpointSlice.self, json.utf8.span, SharingPool())
        #expect(cluster(Shared(slice)) == "8:80")
    }

    @Test(
        arguments: [
            (nil, nil, nil, true, true), (true, nil, nil, true, true),
            (false, nil, nil, false, false),
            (false, true, nil, false, false), (false, true, true, false, true),
            (false, nil, true, false, true), (false, false, true, false, false),
            (nil, false, true, true, true), (true, false, false, true, true),
        ] as [(Bool?, Bool?, Bool?, Bool, Bool)])
    func `S11 S36 what is not said is ready, serving and not terminating`(
        ready: Bool?, serving: Bool?, terminating: Bool?, isReady: Bool, isUsable: Bool
    ) {
        let conditions = EndpointConditions(
            ready: ready, serving: serving, terminating: terminating)
        let state = EndpointState(conditions, EndpointHints(), on: here)
        #expect(state.contains(.ready) == isReady)
        #expect(state.isUsable == isUsable)
    }

    @Test func `S11 local is what names this node, and a node without a name has nothing`() {
        let slices = [slice(["1 here", "2 there", "3"])]
        #expect(meaning(web(), slices).ports[0].cluster.map(\.isLocal) == [true, false, false])
        let nameless = meaning(web(), slices, on: NodeView(name: ""))
        #expect(nameless.ports[0].cluster.map(\.isLocal) == [false, false, false])
    }

    @Test(
        arguments: [
            (["1 ready"], ["1 ready"], "1:8080"),
            (["1 serving"], ["1 ready"], "1:8080"),
            (["1 ready"], ["1 serving"], "1:8080"),
            (["1 ready"], ["1 ending"], "1:8080"),
            (["1 ready"], ["1 unready"], ""),
            (["1 unready"], ["1 ready"], "1:8080"),
            (["1 serving"], ["1 unready"], ""),
            (["1 ending"], ["1 serving"], "1:8080"),
            (["1 serving"], ["1 ending"], ""),
            (["1 unready", "1 ready"], [], "1:8080"),
            (["1 ready", "1 ending", "2 ready"], ["2 ready"], "1:8080 2:8080"),
        ])
    func `S12 of several copies the last counts, but a terminating one least`(
        first: [String], second: [String], expected: String
    ) {
        let (first, second) = (slice(first, "a"), slice(second, "b"))
        #expect(cluster(first, second) == expected)
        #expect(cluster(second, first) == expected)
    }

    @Test func `S12 one address with two ports is two endpoints, wherever they stand`() {
        let slices = [
            slice(["1", "2"], "a", ports: [("", 80)]), slice(["1", "3"], "b", ports: [("", 81)]),
            slice(["1", "2"], "c", ports: [("", 80)]),
        ]
        let port = meaning(web(), slices).ports[0]
        #expect(port.cluster.numbersAndPorts == "1:80 1:81 2:80 3:81")
    }

    @Test func `S12 S13 the order is by address and port, however slices and endpoints come`() {
        let slices = [
            slice(["20", "3", "100"], "a"), slice(["4", "1 here"], "b", ports: [("", 9)]),
            slice(["7", "3"], "c"),
        ]
        let expected = meaning(web(), slices)
        #expect(
            expected.ports[0].cluster.numbersAndPorts == "1:9 3:8080 4:9 7:8080 20:8080 100:8080")
        #expect(meaning(web(), slices.reversed()) == expected)
        #expect(meaning(web(), [slices[1], slices[2], slices[0]]) == expected)
    }

    @Test func `S13 S14 what comes and goes, or says the same again, leaves no difference`() {
        let before = [slice(["1"], "a")]
        let between = before + [slice(["2"], "b")]
        let again = [slice(["1"], "a") { $0.metadata.resourceVersion = "7" }]
        #expect(meaning(web(), between) != meaning(web(), before))
        #expect(meaning(web(), again) == meaning(web(), before))
        #expect(meaning(web(), []).ports[0].hasEndpoints == false)
    }

    @Test func `addresses that no pod has are left out, with one complaint for each kind`() {
        let slices = [
            slice(["127.0.0.1", "1", "127.9.9.9", "0.0.0.0", "224.0.0.5", "239.1.1.1"]),
            slice(["255.255.255.255"], "web-2"),
        ]
        let meaning = meaning(web(), slices)
        #expect(meaning.ports[0].cluster.numbers == "1")
        #expect(
            meaning.complaints.map(\.subject) == [
                "EndpointSlice default/web-1", "EndpointSlice default/web-1",
                "EndpointSlice default/web-1", "EndpointSlice default/web-2",
            ])
        #expect(
            meaning.complaints.map(\.text) == [
                "leaves out 0.0.0.0 (unspecified): no pod has such an address",
                "leaves out 2 endpoints such as 127.0.0.1 (loopback): no pod has such an address",
                "leaves out 2 endpoints such as 224.0.0.5 (multicast): no pod has such an address",
                "leaves out 255.255.255.255 (broadcast): no pod has such an address",
            ])
        #expect(cluster(slice(["::1", "ff02::1", "::", "fd00::1"]), family: .v6) == "fd00::1:8080")
    }

    @Test func `S81 what serves a port is known whatever policy and topology say`() {
        let service = web {
            $0.spec.ports = [port(80), port(53, "dns", .udp)]
            $0.spec.internalTrafficPolicy = .local
        }
        let slices = [
            slice(["1 ready there zone:z9", "2 serving there", "3 unready here", "4 ending here"])
        ]
        let serving = ServingBackends(of: service, slices: slices, on: here, family: .v4)
        let key = service.metadata.key
        #expect(
            serving.ofPorts[ServicePortName(key, port: "", .tcp)]?.numbersAndPorts
                == "1:8080 2:8080")
        #expect(serving.ofPorts[ServicePortName(key, port: "dns", .udp)] == [])
        let headless = web { $0.spec.clusterIPs = [.none] }
        #expect(
            ServingBackends(of: headless, slices: slices, on: here, family: .v4).ofPorts.isEmpty)
    }
}
