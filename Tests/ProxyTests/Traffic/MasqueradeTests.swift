import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Who is masqueraded` {
    /// A way to tell pods from others, and who is one by it.
    struct Detection: Sendable, CustomStringConvertible {
        let description: String
        let pods: Set<LabClient>?
        var masqueradesAll = false

        static let all = [
            Detection(description: "cluster CIDR", pods: [.pod, .far]),
            Detection(description: "node CIDR", pods: [.pod]),
            Detection(description: "interface prefix", pods: [.pod]),
            Detection(description: "bridge", pods: [.pod]),
            Detection(description: "none", pods: nil),
            Detection(description: "none, all masqueraded", pods: nil, masqueradesAll: true),
            Detection(
                description: "node CIDR, all masqueraded", pods: [.pod], masqueradesAll: true),
        ]

        func apply(to settings: inout ProxySettings, _ addresses: LabAddresses) throws {
            settings.table.masqueradesAll = masqueradesAll
            switch description.prefix(while: { $0 != "," }) {
            case "cluster CIDR": break
            case "node CIDR": settings.detection = .nodeCIDR
            case "interface prefix":
                settings.detection = .interfacePrefix(try InterfaceName(validating: "pod-"))
            case "bridge":
                settings.detection = .bridge(try InterfaceName(validating: "pod-client"))
            default: settings.detection = .none
            }
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S53 S71 S72 depends on how pods are told from others`(family: IPFamily) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            for detection in Detection.all {
                let proxy = try lab.start { try detection.apply(to: &$0, lab.addresses) }
                for service in MatrixService.all where service.backing == .localAndRemote {
                    try proxy.put(service.service(lab.addresses), service.slice(lab.addresses))
                    var oracle = service.oracle(pods: detection.pods)
                    oracle.masqueradesAll = detection.masqueradesAll
                    for question in TrafficCase.all(of: service, .tcp, oracle) {
                        let answers = try lab.answers(to: question)
                        #expect(
                            lab.isRight(answers, to: question),
                            "\(detection): \(question): \(answers)")
                    }
                }
            }
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S73 a pod that comes to itself sees the node`(family: IPFamily) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let service = addresses.service("own", 1) { $0.expose(1, addresses) }
            try proxy.put(service, addresses.slice(of: "own", pods: "near1", "near2"))
            for transport in TransportProtocol.allCases {
                try expectHairpin(lab, transport, .clusterIP)
            }
            let kept = addresses.service("own", 1) { service in
                service.expose(1, addresses)
                service.spec.externalTrafficPolicy = .local
                service.spec.internalTrafficPolicy = .local
            }
            try proxy.put(kept)
            for entry in Entry.allCases { try expectHairpin(lab, .tcp, entry) }
            // One that is somebody else's only endpoint is not concerned, nor one elsewhere.
            try proxy.put(service, addresses.slice(of: "own", pods: "near2"))
            let answer = try lab.near[0].answer(.tcp, addresses.service(1))
            let own = try IPAddress(validating: addresses.pod(1, 0))
            #expect(answer == .reply(server: "near2", client: own))
        }
    }

    /// Asks twice, for each of two endpoints once; one of them is who asks.
    private func expectHairpin(
        _ lab: ProxyLab, _ transport: TransportProtocol, _ entry: Entry
    ) throws {
        let (address, port) = lab.target(entry, 1)
        let answers = try [lab.near[0], lab.near[0]].map {
            try $0.answer(transport, address, port)
        }
        #expect(Set(answers.compactMap(\.server)) == ["near1", "near2"], "\(entry) \(answers)")
        for case .reply(let server, let client) in answers {
            #expect(lab.isOfNode(client) == (server == "near1"), "\(entry) \(answers)")
        }
    }
}

@Suite(.requiresRoot) struct `What packets carry for others` {
    /// Rules of another table: what they set before ours, and count after them.
    private func watch(
        _ host: Host, _ family: IPFamily, hook: String, set: String, count: String
    ) throws {
        let word = family == .v4 ? "ip" : "ip6"
        let packets = "tcp dport \(ProxyLab.port) ct direction original"
        try host.nft(
            """
            table \(word) other
            delete table \(word) other
            table \(word) other {
                counter kept { }
                counter lost { }
                chain before {
                    type filter hook \(hook) priority -150;
                    meta l4proto tcp \(set)
                }
                chain after {
                    type filter hook postrouting priority 150;
                    \(packets) \(count) counter name kept return
                    \(packets) counter name lost
                }
            }
            """)
    }

    private func counts(_ host: Host, _ family: IPFamily) throws -> (kept: Int, lost: Int) {
        let word = family == .v4 ? "ip" : "ip6"
        func count(_ name: String) throws -> Int {
            let text = try host.nft("list counter \(word) other \(name)")
            let words = text.split(whereSeparator: \.isWhitespace)
            let index = words.firstIndex(of: "packets").map { words.index(after: $0) }
            return index.flatMap { Int(words[$0]) } ?? -1
        }
        return (try count("kept"), try count("lost"))
    }

    @Test(arguments: IPFamily.allCases)
    func `S70 is as it was: marks, connections' marks and priorities`(family: IPFamily) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            try proxy.put(
                addresses.service("plain", 1) { $0.expose(1, addresses) },
                addresses.slice(of: "plain", pods: "near1", "there1"))
            let sticky = addresses.service("sticky", 2) { service in
                service.expose(2, addresses)
                service.spec.sessionAffinity = .clientIP
            }
            try proxy.put(sticky, addresses.slice(of: "sticky", pods: "near1", "there1"))
            let values = [
                ("meta mark set 0x12343001", "meta mark 0x12343001"),
                ("ct mark set 0x5a5a0077", "ct mark 0x5a5a0077"),
                ("meta priority set 0:6", "meta priority 0:6"),
            ]
            for (set, count) in values {
                for (client, hook) in [(LabClient.outside, "prerouting"), (.node, "output")] {
                    // The kernel itself sets the priority of what is forwarded.
                    if hook == "prerouting", set.contains("priority") { continue }
                    try watch(lab.node, family, hook: hook, set: set, count: count)
                    for number in [1, 2] {
                        for entry in [Entry.clusterIP, .loadBalancer] {
                            for _ in 0..<3 {
                                let (address, port) = lab.target(entry, number)
                                let answer = try lab.host(of: client).answer(.tcp, address, port)
                                #expect(answer.server != nil, "\(set) \(client) \(entry) \(number)")
                            }
                        }
                    }
                    let counts = try counts(lab.node, family)
                    #expect(counts.kept >= 12 && counts.lost == 0, "\(set) \(client): \(counts)")
                }
            }
            withExtendedLifetime(proxy) {}
        }
    }
}
