import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Each conflist of cni-conf/ makes a network of pods", .requiresRoot)
struct ConflistTests {
    private static let conflists = ((try? Directory.list(PodNetwork.directory)) ?? []).filter {
        $0.hasSuffix(".conflist")
    }

    private func withNetwork(_ conflist: String, _ body: (PodNetwork) throws -> Void) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                try body(PodNetwork(lab, in: directory, conflist: conflist))
            }
        }
    }

    @Test(
        "pods reach each other, the node and what is outside, and leave nothing",
        arguments: conflists)
    func pods(conflist: String) throws {
        try withNetwork(conflist) { network in
            let runtime = network.runtime
            // The first pod also brings what pods share, such as the bridge: it stays.
            let first = try network.publishedPod("first")
            try runtime.delete(first, runtime.add(first))
            let before = try runtime.node.residue

            let (a, b) = (try network.publishedPod("a"), try Pod("b", network.lab))
            let (resultA, resultB) = (try runtime.add(a), try runtime.add(b))
            try runtime.check(a, resultA)
            try runtime.check(b, resultB)
            #expect(resultA.addresses.map(\.family) == [.v4, .v6])
            try expectTraffic(network, a.host, resultA, b.host, resultB)

            for _ in 1...2 { try runtime.delete(a, resultA) }
            try runtime.delete(b.withoutNamespace)
            try runtime.delete(b, resultB)
            try runtime.node.expectUnchanged(since: before)
        }
    }

    private func expectTraffic(
        _ network: PodNetwork, _ a: Host, _ resultA: PodResult, _ b: Host, _ resultB: PodResult
    ) throws {
        let hosts = [a, b, network.node, network.outside]
        for transport in [TransportProtocol.tcp, .udp] {
            let servers = try hosts.map { try $0.serve(transport, .pod) }
            for family in IPFamily.allCases {
                let asker = try Asker(transport, network, family)
                let addressA = try #require(resultA.address(family))
                let addressB = try #require(resultB.address(family))
                try asker.expectPods(a, addressA, b, addressB)
                try asker.expectNode(a, addressA)
                if network.offersHostPorts { try asker.expectHostPort(a, b) }
            }
            withExtendedLifetime(servers) {}
        }
    }

    @Test(
        "C28, C29: STATUS is content, and GC removes the pods that are not listed",
        arguments: conflists)
    func garbage(conflist: String) throws {
        try withNetwork(conflist) { network in
            let runtime = network.runtime
            guard runtime.list.version >= .v110 else { return }
            try runtime.status()
            let kept = try network.publishedPod("kept")
            let result = try runtime.add(kept)
            let before = try runtime.node.residue
            try runtime.add(Pod("lost", network.lab))
            for _ in 1...2 { try runtime.collectGarbage(keeping: [kept]) }
            try runtime.node.expectUnchanged(since: before)
            try runtime.check(kept, result)
        }
    }
}

/// One protocol and family in which hosts ask each other.
private struct Asker {
    let transport: TransportProtocol
    let network: PodNetwork
    let node: IPAddress
    let outside: IPAddress
    let family: IPFamily

    init(_ transport: TransportProtocol, _ network: PodNetwork, _ family: IPFamily) throws {
        self.transport = transport
        self.network = network
        self.family = family
        node = try Self.address(PodNetwork.nodeAddresses, family)
        outside = try Self.address(PodNetwork.outsideAddresses, family)
    }

    private static func address(_ texts: [String], _ family: IPFamily) throws -> IPAddress {
        let addresses = try texts.map { try CIDR(validating: $0).address }
        return try #require(addresses.first { $0.family == family })
    }

    private func ask(_ host: Host, _ address: IPAddress, _ port: Port) throws -> TestSupport.Reply {
        try host.ask(transport, AddressAndPort(address, port))
    }

    /// Pods see each other as they are.
    func expectPods(_ a: Host, _ addressA: IPAddress, _ b: Host, _ addressB: IPAddress) throws {
        let there = try ask(a, addressB, .pod)
        #expect(there.server == b.name && there.client.address == addressA)
        let back = try ask(b, addressA, .pod)
        #expect(back.server == a.name && back.client.address == addressB)
    }

    /// So do the pod and its node; outside, where that is wanted, the pod is its node.
    func expectNode(_ pod: Host, _ address: IPAddress) throws {
        let there = try ask(pod, node, .pod)
        #expect(there.server == "node" && there.client.address == address)
        #expect(try ask(network.node, address, .pod).server == pod.name)
        guard network.masquerades else { return }
        #expect(try ask(pod, outside, .pod).client.address == node)
    }

    /// Everybody reaches the pod on the node's address, the pod itself too.
    func expectHostPort(_ pod: Host, _ other: Host) throws {
        let reply = try ask(network.outside, node, .published)
        #expect(reply.server == pod.name && reply.client.address == outside)
        for host in [network.node, other, pod] {
            #expect(try ask(host, node, .published).server == pod.name)
        }
        guard family == .v4 else { return }
        let loopback = try IPAddress(validating: "127.0.0.1")
        #expect(try ask(network.node, loopback, .published).server == pod.name)
    }
}
