import Kubernetes
import Network
import Testing

@testable import Proxy

/// What of a service's own fields its ports mean.
@Suite struct `Fields of a service` {
    private static let changes: [(String, @Sendable (inout Service) -> Void)] = [
        ("headless", { $0.spec.clusterIPs = [.none] }),
        ("without an address yet", { $0.spec.clusterIPs = [] }),
        ("a name elsewhere", { $0.spec.type = .externalName }),
        ("another proxy's", { $0.metadata.labels[Service.proxyNameLabel] = "" }),
    ]

    @Test(arguments: changes.map(\.0).indices)
    func `S1 S7 an ignored service has no ports and no health check`(index: Int) {
        let service = web {
            $0.spec.type = .loadBalancer
            $0.spec.externalTrafficPolicy = .local
            $0.spec.healthCheckNodePort = 32_000
            Self.changes[index].1(&$0)
        }
        #expect(
            meaning(service, [slice(["1 here"])]) == ServiceMeaning(), "\(Self.changes[index].0)")
    }

    @Test func `S7 S8 each family has the address of its own, or nothing`() {
        #expect(meaning(family: .v4).ports[0].clusterAddress == IPAddress("10.96.0.1"))
        #expect(meaning(family: .v6).ports[0].clusterAddress == IPAddress("fd00:96::1"))
        let single = web { $0.spec.clusterIPs.removeLast() }
        #expect(meaning(single, family: .v6) == ServiceMeaning())
        #expect(meaning(single, family: .v4).ports.count == 1)
        let turned = web { $0.spec.clusterIPs.reverse() }
        #expect(meaning(turned, family: .v4).ports == meaning(family: .v4).ports)
    }

    @Test func `S15 what the proxy has no business with changes nothing`() {
        let other = web {
            $0.spec.publishNotReadyAddresses = true
            $0.spec.ports[0].appProtocol = "http"
            $0.spec.selector = ["app": "web"]
            $0.spec.allocateLoadBalancerNodePorts = false
            $0.spec.loadBalancerClass = "example.com/lb"
            $0.spec.loadBalancerIP = "192.0.2.1"
            $0.spec.trafficDistribution = "PreferClose"
            $0.metadata.resourceVersion = "9"
            $0.metadata.labels["app"] = "web"
        }
        #expect(meaning(other, [slice(["1"])]) == meaning(web(), [slice(["1"])]))
    }

    @Test func `S16 one number of three protocols is three ports`() {
        let service = web {
            $0.spec.ports = [port(53, "t"), port(53, "u", .udp), port(53, "s", .sctp)]
        }
        let slices = [
            slice(["1"], ports: [("t", 1), ("u", 2), ("s", 3)]) {
                $0.ports[1].transport = .udp
                $0.ports[2].transport = .sctp
            }
        ]
        let meaning = meaning(service, slices)
        #expect(meaning.ports.map(\.name.transport) == [.tcp, .udp, .sctp])
        #expect(meaning.ports.map(\.cluster.numbersAndPorts) == ["1:1", "1:2", "1:3"])
        #expect(meaning.complaints.isEmpty)
    }

    @Test func `S20 S21 a port keeps its number, its name and its node port, whatever the type`() {
        let service = web {
            $0.spec.ports = [port(80, "http"), port(443, "https")]
            $0.spec.ports[1].nodePort = 30_443
        }
        let ports = meaning(service).ports
        #expect(ports.map(\.port) == [80, 443])
        #expect(ports.map(\.nodePort) == [0, 30_443])
        #expect(ports.map(\.name.description) == ["default/web:http", "default/web:https"])
        #expect(ports.map(\.isExternallyReachable) == [false, true])
    }

    @Test func `a service of no ports means nothing, and nothing is wrong with it`() {
        #expect(meaning(web { $0.spec.ports = [] }, [slice(["1"])]) == ServiceMeaning())
    }

    @Test func `of ports with one number or one name the first is kept, with a complaint`() {
        let service = web {
            $0.spec.ports = [
                port(80, "a"), port(80, "b"), port(81, "a"), port(81, "c"), port(80, "a", .udp),
            ]
        }
        let meaning = meaning(service)
        #expect(
            meaning.ports.map(\.name.description) == [
                "default/web:a", "default/web:c", "default/web:a/UDP",
            ])
        #expect(
            meaning.complaints.map(\.subject) == Array(repeating: "Service default/web", count: 2))
        #expect(meaning.complaints[0].text.contains(#""b", 80/TCP"#))
        #expect(meaning.complaints[1].text.contains(#""a", 81/TCP"#))
    }

    @Test func `a thousand ports find their endpoints`() {
        let numbers = (1...1000).map(UInt16.init)
        let service = web { $0.spec.ports = numbers.map { port($0, "p\($0)") } }
        let slices = [slice(["1"], ports: numbers.reversed().map { ("p\($0)", $0 + 10_000) })]
        let ports = meaning(service, slices).ports
        #expect(ports.map { $0.cluster.first?.port } == numbers.map { $0 + 10_000 })
    }

    @Test(
        arguments: [
            (SessionAffinity.none, 600, nil), (.clientIP, 600, 600), (.clientIP, 0, 10_800),
            (.clientIP, -5, 1), (.clientIP, 86_400, 86_400), (.clientIP, 86_401, 86_400),
        ] as [(SessionAffinity, Int32, UInt32?)])
    func `S25 affinity lasts three hours unless it says otherwise, and a day at most`(
        affinity: SessionAffinity, seconds: Int32, expected: UInt32?
    ) {
        let service = web {
            $0.spec.sessionAffinity = affinity
            $0.spec.sessionAffinityConfig.clientIP.timeoutSeconds = seconds
        }
        #expect(meaning(service).ports[0].affinity == expected)
    }

    @Test func `balancing is the annotation's word, or round-robin with a complaint`() {
        for balancing in Balancing.allCases {
            let service = web { $0.metadata.annotations = ["weft.dev/balance": balancing.rawValue] }
            #expect(meaning(service).ports[0].balancing == balancing)
            #expect(meaning(service).complaints.isEmpty)
        }
        let odd = meaning(web { $0.metadata.annotations = ["weft.dev/balance": "least"] })
        #expect(odd.ports[0].balancing == .roundRobin)
        #expect(odd.complaints.count == 1)
        #expect(odd.complaints[0].text.hasSuffix("round-robin, random, source-hash, weighted"))
        #expect(meaning().ports[0].balancing == .roundRobin)
    }
}
