import Kubernetes
import Network
import TestSupport

@testable import Agent

/// What the kernel of the first node is to show for some nodes, said anew and without the planner.
struct ExpectedKernel: Equatable {
    var routes: Set<String> = []
    var neighbours: Set<String> = []
    var forwarding: Set<String> = []

    init(_ peers: [Node], own: Node) {
        for network in own.spec.podCIDRs {
            let link = network.contains(":") ? " dev lo" : ""
            let preference = network.contains(":") ? " pref medium" : ""
            routes.insert("blackhole \(network)\(link) metric 4294967295\(preference)")
        }
        for peer in peers { add(peer) }
    }

    private mutating func add(_ peer: Node) {
        let end = MACAddress(tunnelOf: peer.metadata.name)
        for (network, address) in zip(peer.spec.podCIDRs, peer.status.addresses.map(\.address)) {
            let isV6 = network.contains(":")
            let suffix = isV6 ? " metric 1024 pref medium" : ""
            if address.hasPrefix("192.0.2.") || address.hasPrefix("2001:db8:a:") {
                routes.insert("\(network) via \(address) dev eth0\(suffix)")
                continue
            }
            let base = String(network.prefix { $0 != "/" })
            let gateway = isV6 ? "\(end.linkLocalAddress)" : base
            let tunnel = isV6 ? "weft.vxlan6" : "weft.vxlan"
            routes.insert("\(network) via \(gateway) dev \(tunnel)\(isV6 ? suffix : " onlink")")
            neighbours.insert("\(gateway) dev \(tunnel) lladdr \(end)")
            forwarding.insert("\(end) dev \(tunnel) dst \(address)")
        }
    }

    /// What it shows, by `ip` and `bridge`.
    init(shownBy node: LabNode) throws {
        routes = Set(try node.routes())
        let neighbours = try node.host.ip("neigh show nud permanent").split(separator: "\n")
        self.neighbours = Set(
            neighbours.filter { $0.contains("weft.vxlan") }.map { line in
                line.split(separator: " ").prefix(5).joined(separator: " ")
            })
        let entries = try node.host.command("bridge", ["fdb", "show"]).split(separator: "\n")
        forwarding = Set(
            entries.filter { $0.contains("weft.vxlan") }.map { line in
                line.split(separator: " ").prefix(5).joined(separator: " ")
            })
    }
}
