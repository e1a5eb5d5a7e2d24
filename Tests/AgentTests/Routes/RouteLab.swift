import Kubernetes
import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import Agent

/// Nodes of two networks with a router between that knows of no pods, and a pod on each.
final class RouteLab {
    private(set) var nodes: [LabNode] = []
    private let lab: Lab
    private let (lan, far): (Host, Host)
    let router: Host

    /// Nodes are counted through, those near first.
    init(_ lab: Lab, near: Int, far farCount: Int = 0) throws {
        self.lab = lab
        (lan, far, router) = (try lab.bridge("lan"), try lab.bridge("far"), try lab.host("router"))
        try router.forward()
        try lab.join(router, "near", ["192.0.2.254/24", "2001:db8:a::254/64"], to: lan)
        try lab.join(router, "far", ["198.51.100.254/24", "2001:db8:b::254/64"], to: far)
        for number in 1...near + farCount { try add(number, isFar: number > near) }
    }

    func add(_ number: Int, isFar: Bool) throws {
        let node = try LabNode(lab, number, isFar: isFar)
        try lab.join(node.host, "eth0", node.addresses, to: isFar ? far : lan)
        for gateway in node.routers { try node.host.route("default", via: gateway) }
        nodes.append(node)
    }

    /// The Node objects of all, as they are now.
    var objects: [Node] { nodes.map(\.object) }

    /// Lets every node take the nodes of the cluster.
    @discardableResult
    func update(_ objects: [Node]? = nil) throws -> [RouteOutcome] {
        try nodes.map { try $0.update(objects ?? self.objects) }
    }

    func start(_ settings: RouteSettings) throws {
        for node in nodes { try node.start(settings) }
    }
}

/// A node of the lab with a pod and its route keeper.
final class LabNode {
    let number: Int
    let host: Host
    let pod: Host
    var object: Node
    private var keeper: RouteKeeper?
    private let server: Server
    private let isFar: Bool

    init(_ lab: Lab, _ number: Int, isFar: Bool) throws {
        self.number = number
        self.isFar = isFar
        (host, pod) = (try lab.host("n\(number)"), try lab.host("p\(number)"))
        object = node(
            "n\(number)", ["10.244.\(number).0/24", "fd00:244:\(number)::/64"],
            [
                ("InternalIP", "\(Self.network4(isFar)).\(number)"),
                ("InternalIP", "\(Self.network6(isFar))::\(number)"),
            ])
        server = try pod.serve(.udp, 7)
        // Strict, as some distributions have it: packets whose answers leave elsewhere are dropped.
        try host.run {
            for scope in ["all", "default"] {
                try Sysctl("net.ipv4.conf.\(scope).rp_filter").write("1")
            }
        }
        try connectPod(lab)
    }

    static func network4(_ isFar: Bool) -> String { isFar ? "198.51.100" : "192.0.2" }
    static func network6(_ isFar: Bool) -> String { isFar ? "2001:db8:b" : "2001:db8:a" }

    var addresses: [String] {
        ["\(Self.network4(isFar)).\(number)/24", "\(Self.network6(isFar))::\(number)/64"]
    }

    var routers: [String] { ["\(Self.network4(isFar)).254", "\(Self.network6(isFar))::254"] }

    var podAddresses: [String] { ["10.244.\(number).5", "fd00:244:\(number)::5"] }

    /// Connects the pod as `weft-cni` does, with routes that carry Weft's mark.
    private func connectPod(_ lab: Lab) throws {
        let own = podAddresses
        try lab.connect(
            host, "weft0", ["169.254.1.1/32", "fe80::1/64"],
            pod, "eth0", ["\(own[0])/32", "\(own[1])/128"])
        try pod.ip("route add default via 169.254.1.1 dev eth0 onlink")
        try pod.ip("route add default via fe80::1 dev eth0")
        for address in own { try host.ip("route add \(address) dev weft0 protocol 87") }
    }
}

extension LabNode {
    func start(_ settings: RouteSettings) throws {
        keeper = nil
        keeper = try host.run { try RouteKeeper(settings) }
    }

    /// Ends the keeper as a killed process does: without a word.
    func stop() { keeper = nil }

    func update(_ objects: [Node]) throws -> RouteOutcome {
        let nodes = ClusterNodes(snapshot(objects), own: "n\(number)")
        return try host.run { keeper?.update(nodes, at: .now) ?? RouteOutcome() }
    }

    func verify() throws -> RouteOutcome {
        try host.run { keeper?.verify(at: .now) ?? RouteOutcome() }
    }

    /// Waits for something to mend, and mends it.
    func mend() throws -> RouteOutcome {
        let deadline = MonotonicTime.now + .patience
        while try !readEvents() {
            if MonotonicTime.now > deadline { throw LabError("nothing happened on \(host.name)") }
            sleep(for: .milliseconds(1))
        }
        return try verify()
    }

    var isReady: Bool { keeper?.isReady ?? false }
    var podMTU: UInt32? { keeper?.podMTU }
    var isRetrying: Bool { keeper?.retryTime != nil }

    func readEvents() throws -> Bool { try host.run { keeper?.readEvents() ?? false } }

    /// The routes of both families that carry Weft's mark, and lead to other nodes or nowhere.
    func routes() throws -> [String] {
        let lines = try ["-4", "-6"].flatMap { family in
            try host.ip("\(family) route show proto 87").split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
        }
        return lines.filter { !$0.contains("dev weft0") }.sorted()
    }
}

/// Asks every pod from every other one and from every node, in both families.
func expectMesh(
    _ nodes: [LabNode], families: [Int] = [0, 1], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    for node in nodes { try node.host.awaitLocalRoutes() }
    for target in nodes {
        for family in families {
            let address = try IPAddress(validating: target.podAddresses[family])
            for client in nodes where client.number != target.number {
                let reply = try client.pod.ask(.udp, AddressAndPort(address, 7), "hello")
                #expect(reply.server == target.pod.name, sourceLocation: sourceLocation)
                #expect(
                    "\(reply.client.address)" == client.podAddresses[family],
                    "the source must be the pod's own", sourceLocation: sourceLocation)
            }
            for client in nodes {
                let reply = try client.host.ask(.udp, AddressAndPort(address, 7), "hello")
                #expect(reply.server == target.pod.name, sourceLocation: sourceLocation)
            }
        }
    }
}
