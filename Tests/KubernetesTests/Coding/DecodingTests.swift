import Network
import Testing

@testable import Kubernetes

@Suite("Objects are read, or it is said what is wrong with which field")
struct DecodingTests {
    private func read<Object: Message>(_ type: Object.Type, _ text: String) throws -> Object {
        try ObjectFormat.json.decode(type, text.utf8.span, SharingPool())
    }

    private func problem<Object: Message>(_ type: Object.Type, _ text: String) -> String? {
        do throws(ObjectError) {
            _ = try ObjectFormat.json.decode(type, text.utf8.span, SharingPool())
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "impossible values are told with their field",
        arguments: [
            (
                #"{"spec":{"ports":[{"port":80},{"port":70000}]}}"#,
                "spec.ports[1].port: 70000 is not between 0 and 65535"
            ),
            (
                #"{"spec":{"ports":[{"name":"x"}]}}"#,
                "spec.ports[0].port: a service's port is 1 to 65535"
            ),
            (
                #"{"spec":{"ports":[{"port":80,"protocol":"tcp"}]}}"#,
                "spec.ports[0].protocol: 'tcp' is not one of TCP, UDP, SCTP"
            ),
            (
                #"{"spec":{"type":"Cluster"}}"#,
                "spec.type: 'Cluster' is not one of ClusterIP, NodePort, LoadBalancer, ExternalName"
            ),
            (
                #"{"spec":{"clusterIPs":["10.0.0.1","x"]}}"#,
                "spec.clusterIPs[1]: 'x' is not an IP address or None"
            ),
            (#"{"spec":{"ports":{}}}"#, "spec.ports: a list must stand here"),
            (#"{"spec":[]}"#, "spec: an object must stand here"),
            (#"{"metadata":{"name":7}}"#, "metadata.name: a string must stand here"),
            (
                #"{"spec":{"publishNotReadyAddresses":"true"}}"#,
                "spec.publishNotReadyAddresses: true or false must stand here"
            ),
            (
                #"{"spec":{"healthCheckNodePort":1.5}}"#,
                "spec.healthCheckNodePort: a whole number must stand here"
            ),
            (
                #"{"metadata":{"creationTimestamp":"today"}}"#,
                "metadata.creationTimestamp: 'today' is not a time such as 2026-01-31T12:00:00Z"
            ),
            (#"{"metadata":{"labels":{"a":1}}}"#, "metadata.labels: a string must stand here"),
        ])
    func impossible(text: String, expected: String) {
        #expect(problem(Service.self, text) == expected)
    }

    @Test(
        "an endpoint slice holds addresses of its own family",
        arguments: [
            (
                #"{"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"]},{"addresses":[]}]}"#,
                "endpoints[1].addresses: an endpoint has an address at least"
            ),
            (
                #"{"addressType":"IPv4","endpoints":[{"addresses":["fd00::1"]}]}"#,
                "endpoints: all addresses must be of IPv4"
            ),
            (
                #"{"endpoints":[{"addresses":["10.0.0.1"]},{"addresses":["fd00::1"]}]}"#,
                "endpoints[1].addresses: all addresses of a slice are of one family"
            ),
            (
                #"{"endpoints":[{"addresses":["10.0.0.300"]}]}"#,
                "endpoints[0].addresses[0]: '10.0.0.300' is not an IP address"
            ),
        ])
    func slices(text: String, expected: String) {
        #expect(problem(EndpointSlice.self, text) == expected)
    }

    @Test func `what is null, empty or unknown is as good as absent`() throws {
        let service = try read(
            Service.self,
            #"""
            {"kind":"Service","x":{"y":[1,{"z":null}]},"metadata":{"name":"a","labels":null},
            "spec":{"type":"","ports":null,"clusterIP":"","sessionAffinity":null,
            "ipFamilyPolicy":"","externalTrafficPolicy":""},"status":{}}
            """#)
        var expected = Service()
        expected.metadata.name = "a"
        #expect(service == expected)
    }

    @Test func `a field's place in the text does not matter`() throws {
        let one = try read(
            Service.self, #"{"metadata":{"name":"a","uid":"u"},"spec":{"type":"NodePort"}}"#)
        let other = try read(
            Service.self, #"{"spec":{"type":"NodePort"},"metadata":{"uid":"u","name":"a"}}"#)
        #expect(one == other && one.metadata.name == "a" && one.spec.type == .nodePort)
    }

    @Test func `only one address may be told, as servers before dual-stack do`() throws {
        let service = try read(Service.self, #"{"spec":{"clusterIP":"10.96.0.1"}}"#)
        #expect(service.spec.clusterAddresses == [IPAddress("10.96.0.1")])
        let headless = try read(Service.self, #"{"spec":{"clusterIP":"None"}}"#)
        #expect(headless.spec.isHeadless && headless.spec.clusterAddresses.isEmpty)
        let pod = try read(Pod.self, #"{"status":{"podIP":"10.0.0.9"}}"#)
        #expect(pod.status.podIPs == [PodIP("10.0.0.9")])
        let node = try read(Node.self, #"{"spec":{"podCIDR":"10.1.0.0/24"}}"#)
        #expect(node.spec.podCIDRs == ["10.1.0.0/24"])
    }

    @Test func `a long text is not repeated whole in an error`() {
        let long = String(repeating: "x", count: 10_000)
        let text = problem(Service.self, #"{"spec":{"type":"\#(long)"}}"#)
        #expect((text?.count ?? 0) < 300)
    }
}
