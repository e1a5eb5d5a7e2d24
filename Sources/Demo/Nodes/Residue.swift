import Netlink
import Network
import Platform
import Topology

/// What plugins make on a node for a pod: links, routes to it, and leases.
struct Residue: Hashable, Sendable {
    private let links: Set<String>
    private let routes: Set<CIDR>
    private let leases: Set<String>

    init(of node: Node, _ families: [IPFamily]) throws {
        var socket = try node.host.routes()
        links = Set(try socket.list(.links).map(\.name))
        routes = Set(try families.flatMap { try socket.list(.routes($0)).map(\.destination) })
        leases = Set(try Self.folders(of: node).flatMap(Directory.list))
            .filter { IPAddress($0) != nil }
    }

    /// A folder for each network.
    private static func folders(of node: Node) throws(PlatformError) -> [String] {
        try Directory.list(node.leases).map { "\(node.leases)/\($0)" }
    }

    /// What one has more than another, in words.
    func excess(over other: Residue) -> String? {
        let words =
            links.subtracting(other.links).map { "link \($0)" }
            + routes.subtracting(other.routes).map { "route \($0)" }
            + leases.subtracting(other.leases).map { "lease \($0)" }
        return words.isEmpty ? nil : words.sorted().joined(separator: ", ")
    }
}
