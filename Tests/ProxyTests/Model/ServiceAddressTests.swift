import Kubernetes
import Network
import Testing

@testable import Proxy

/// The ways in from outside the cluster.
@Suite struct `External addresses of a service` {
    private func addresses(_ texts: [String]) -> [IPAddress] { texts.compactMap { IPAddress($0) } }

    private func ingress(_ ip: String, mode: String = "", host: String = "") -> LoadBalancerIngress
    {
        var ingress = LoadBalancerIngress()
        (ingress.ip, ingress.ipMode, ingress.hostname) = (ip, mode, host)
        return ingress
    }

    @Test func `S22 external addresses are those of the family that can be read`() {
        let service = web {
            $0.spec.externalIPs = [
                "192.0.2.1", "2001:db8::1", "nonsense", "192.0.2.1", "192.000.002.009",
            ]
        }
        let four = meaning(service)
        #expect(four.ports[0].externalAddresses == addresses(["192.0.2.1", "192.0.2.9"]))
        #expect(
            meaning(service, family: .v6).ports[0].externalAddresses == addresses(["2001:db8::1"]))
        #expect(four.complaints.count == 1 && four.complaints[0].text.contains("nonsense"))
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"])
    func `an external address that is no machine's is left out`(text: String) {
        let service = web {
            $0.spec.externalIPs = [text]
            $0.status.loadBalancer.ingress = [ingress(text)]
        }
        let meaning = meaning(service)
        #expect(!meaning.ports[0].isExternallyReachable)
        #expect(meaning.complaints.count == 2)
    }

    @Test func `S22 where external addresses are not allowed there are none, and no policy`() {
        let service = web {
            $0.spec.externalIPs = ["192.0.2.1", "nonsense"]
            $0.spec.externalTrafficPolicy = .local
        }
        let meaning = meaning(
            service, [slice(["1 there"])], ModelSettings(allowsExternalIPs: false))
        #expect(!meaning.ports[0].isExternallyReachable)
        #expect(meaning.ports[0].externalRoute == .cluster)
        #expect(meaning.complaints.isEmpty)
    }

    @Test func `S23 a load balancer's addresses are those that packets come with`() {
        let service = web {
            $0.spec.type = .loadBalancer
            $0.status.loadBalancer.ingress = [
                ingress("192.0.2.1"), ingress("192.0.2.2", mode: "VIP"),
                ingress("192.0.2.3", mode: "Proxy"), ingress("", host: "lb.example.com"),
                ingress("2001:db8::1"), ingress("192.0.2.1"), ingress("192.0.2"),
            ]
        }
        let meaning = meaning(service)
        #expect(
            meaning.ports[0].loadBalancerAddresses == addresses(["192.0.2.1", "192.0.2.2"]))
        #expect(meaning.complaints.count == 1 && meaning.complaints[0].text.contains(#""192.0.2""#))
    }

    @Test func `an address that is several things is only the first of them that matters`() {
        let service = web {
            $0.spec.externalIPs = ["192.0.2.1", "192.0.2.2", "10.96.0.1"]
            $0.status.loadBalancer.ingress = [ingress("192.0.2.2"), ingress("10.96.0.1")]
        }
        let meaning = meaning(service)
        #expect(meaning.ports[0].loadBalancerAddresses == addresses(["192.0.2.2"]))
        #expect(meaning.ports[0].externalAddresses == addresses(["192.0.2.1"]))
        #expect(meaning.complaints.isEmpty)
    }

    @Test(
        arguments: [
            ([], nil, 0),
            (["10.0.0.0/8"], ["10.0.0.0/8"], 0),
            ([" 10.0.0.0/8 ", "10.1.2.3/16", "192.0.2.7/24"], ["10.0.0.0/8", "192.0.2.0/24"], 0),
            (["10.0.0.0/8", "0.0.0.0/0"], nil, 0),
            (["10.0.0.0/8", "::/0"], ["10.0.0.0/8"], 0),
            (["2001:db8::/32"], nil, 0),
            (["10.0.0.0/8", "office"], ["10.0.0.0/8"], 1),
            (["office", "10.0.0.1 /8"], [], 2),
        ] as [([String], [String]?, Int)])
    func `S24 S57 source ranges are networks of the family, and none lets everybody in`(
        texts: [String], expected: [String]?, complaints: Int
    ) {
        let meaning = meaning(web { $0.spec.loadBalancerSourceRanges = texts })
        #expect(meaning.ports[0].sourceRanges == expected?.compactMap { CIDR($0) })
        #expect(meaning.complaints.count == complaints)
    }

    @Test(
        arguments: [
            (ServiceType.loadBalancer, TrafficPolicy.local, 32_000, 32_000, 0),
            (.loadBalancer, .local, 0, 0, 1), (.loadBalancer, .cluster, 32_000, 0, 0),
            (.nodePort, .local, 32_000, 0, 0), (.clusterIP, .local, 32_000, 0, 0),
        ] as [(ServiceType, TrafficPolicy, UInt16, UInt16, Int)])
    func `S27 S125 only load balancers that want local backends ask for them`(
        type: ServiceType, policy: TrafficPolicy, port: UInt16, expected: UInt16, complaints: Int
    ) {
        let service = web {
            $0.spec.type = type
            $0.spec.externalTrafficPolicy = policy
            $0.spec.internalTrafficPolicy = .local
            $0.spec.healthCheckNodePort = port
        }
        let meaning = meaning(service, [slice(["1 here"])])
        #expect(meaning.healthCheckPort == expected)
        #expect(meaning.localEndpoints == (expected == 0 ? 0 : 1))
        #expect(meaning.complaints.count == complaints)
    }

    @Test func `S123 a load balancer is told how many addresses are ready on the node`() {
        let service = web {
            $0.spec.type = .loadBalancer
            $0.spec.externalTrafficPolicy = .local
            $0.spec.healthCheckNodePort = 32_000
            $0.spec.ports = [port(80, "a"), port(81, "b"), port(82, "c")]
            $0.spec.ports[0].nodePort = 30_080
        }
        let slices = [
            slice(
                ["1 ready here", "2 ready there", "3 serving here", "4 unready here"], "x",
                ports: [("a", 1), ("b", 2)]),
            slice(["1 ready here", "5 ready here"], "y", ports: [("b", 3)]),
            slice(["6 ready here"], "z", ports: [("other", 3)]),
        ]
        #expect(meaning(service, slices).localEndpoints == 2)
        let ending = [slice(["1 serving here"], ports: [("a", 1)])]
        #expect(meaning(service, ending).localEndpoints == 0)
        #expect(meaning(service, ending).ports[0].local.numbers == "1")
    }
}
