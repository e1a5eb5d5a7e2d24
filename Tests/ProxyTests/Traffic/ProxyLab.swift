import Kubernetes
import NFTables
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

/// The node n1 with its pods, two other nodes that only pass on their pods' packets, and a machine
/// outside, which all have their way to services through n1.
final class ProxyLab: Sendable {
    let lab = Lab()
    let addresses: LabAddresses
    let node: Host
    /// A machine that is none of the cluster's.
    let outside: Host
    /// Two pods of the node that serve, one that does not, two that serve on another node, and one
    /// on a third: for its own connections the node is on the way there and back.
    let near: [Host]
    let client: Host
    let there: [Host]
    let far: Host
    let cluster: Cluster
    private let servers: [Server]

    /// Where pods serve.
    static let port: Port = 8080

    init(_ family: IPFamily) throws {
        let addresses = LabAddresses(family: family)
        self.addresses = addresses
        node = try lab.host("node")
        outside = try lab.host("outside")
        let peers = [try lab.host("peer"), try lab.host("second")]
        for (number, host) in [(9, outside), (8, peers[0]), (7, peers[1])] {
            try lab.connect(
                host, "eth0", ["\(addresses.wire(number, 2))/\(addresses.wireLength)"],
                node, "eth\(number)", ["\(addresses.wire(number, 1))/\(addresses.wireLength)"])
            try host.route("default", via: addresses.wire(number, 1))
        }
        let builder = PodBuilder(lab: lab, addresses: addresses)
        near = [try builder.pod("near1", 0, on: node, 1), try builder.pod("near2", 1, on: node, 1)]
        client = try builder.pod("client", 2, on: node, 1)
        there = [
            try builder.pod("there1", 0, on: peers[0], 2),
            try builder.pod("there2", 1, on: peers[0], 2),
        ]
        far = try builder.pod("far", 0, on: peers[1], 3)
        try node.route(addresses.pods(of: 2), via: addresses.wire(8, 2))
        try node.route(addresses.pods(of: 3), via: addresses.wire(7, 2))
        try node.route("default", via: addresses.wire(9, 2))
        for host in [node] + peers { try host.forward() }
        try node.refuseWithoutLimit()
        servers = try (near + there).flatMap { pod in
            try TransportProtocol.allCases.map { try pod.serve($0, Self.port) }
        }
        cluster = Cluster(addresses)
    }

    var family: IPFamily { addresses.family }
}

extension ProxyLab {
    /// Starts a proxy and waits until all services are in the kernel.
    func start(
        _ change: (inout ProxySettings) throws -> Void = { _ in },
        telling listener: @escaping @Sendable (SyncEvent) -> Void = { _ in }
    ) throws -> RunningProxy {
        var settings = ProxySettings(nodeName: "n1")
        settings.families = [family]
        settings.detection = .clusterCIDR([try CIDR(validatingNetwork: addresses.allPods)])
        try change(&settings)
        return try RunningProxy(settings, on: node, cluster, telling: listener)
    }

    /// Runs a part of a test; what fails is explained with what the node holds.
    func explaining(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) throws {
        try lab.explainingFailures(sourceLocation: sourceLocation, body)
    }

    /// Whether an address is one of the node's own.
    func isOfNode(_ address: IPAddress) -> Bool {
        let wires = [9, 8, 7].map { addresses.wire($0, 1) }
        let gateways = (0...2).map { addresses.gateway(1, $0) }
        return (wires + gateways).contains(address.description)
    }
}

private struct PodBuilder {
    let lab: Lab
    let addresses: LabAddresses

    func pod(_ name: String, _ number: Int, on host: Host, _ machine: Int) throws -> Host {
        let pod = try lab.host(name)
        let gateway = addresses.gateway(machine, number)
        try lab.connect(
            pod, "eth0", ["\(addresses.pod(machine, number))/\(addresses.podLength)"],
            host, "pod-\(name)", ["\(gateway)/\(addresses.podLength)"])
        try pod.route("default", via: gateway)
        return pod
    }
}

extension Host {
    /// Lets the host tell every sender that it is refused, where kernels tell only some a second.
    fileprivate func refuseWithoutLimit() throws {
        try run {
            try Sysctl("net.ipv4.icmp_msgs_per_sec").write("1000000")
            try Sysctl("net.ipv4.icmp_msgs_burst").write("100000")
            try Sysctl("net.ipv4.icmp_ratelimit").write("0")
            try Sysctl("net.ipv6.icmp.ratelimit").write("0")
        }
    }
}
