import JSON
import Netlink
import Network
import Platform

/// What gives a node its pods' network and its services.
struct NodeAgent {
    let node: Node
    let plan: ClusterPlan

    /// Writes the files for the plugins, and routes to the pods of all other nodes.
    func prepare() throws {
        let networks = node.plan.podNetworks.map { JSONValue.string("\($0)") }
        let ranges: JSONObject = ["podCIDRs": .array(networks)]
        try File.replace(
            node.rangeFile, with: JSONValue.object(ranges).text.utf8.span, durably: false)
        try File.replace(node.networkList, with: list.text.utf8.span, durably: false)
        for other in plan.nodes where other.number != node.plan.number {
            for network in other.podNetworks {
                guard let gateway = other.machine.addresses.first(network.family) else { continue }
                try node.host.change(.add(Route(network, via: gateway)))
            }
        }
    }

    func start(_ programs: Programs, in directory: RunDirectory) throws -> Daemon {
        try prepare()
        let program = programs.weft([
            "proxy", "--manifests", directory.manifests, "--hostname-override", node.name,
        ])
        return try Daemon("agent-\(node.name)", program, on: node.host, in: directory)
    }

    private var list: JSONValue {
        let addresses: JSONObject = [
            "type": .string("weft-ipam"), "rangeFile": .string(node.rangeFile),
            "dataDir": .string(node.leases),
        ]
        let plugin: JSONObject = ["type": .string("weft-cni"), "ipam": .object(addresses)]
        return .object([
            "cniVersion": .string("1.1.0"), "name": .string("weft"),
            "plugins": .array([.object(plugin)]),
        ])
    }
}
