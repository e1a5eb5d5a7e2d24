import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite(
    "Nodes with pods of another suite are taken over", .requiresRoot,
    .enabled(if: Node.hasReference))
struct MigrationTests {
    /// What flannel's plugin makes of its own configuration, and hands to the reference plugins.
    private static let flannel = """
        {"cniVersion":"1.0.0","name":"cbr0","plugins":[
          {"type":"bridge","bridge":"cni0","isDefaultGateway":true,"hairpinMode":true,"mtu":1450,
           "ipam":{"type":"host-local","ranges":[
             [{"subnet":"10.244.5.0/24"}],[{"subnet":"fd00:10:244:5::/64"}]]}}
        ]}
        """

    @Test(
        "pods of both suites share the node, no address is given twice, and DEL releases the old",
        arguments: ["10-weft-from-bridge.conflist", "10-weft-from-flannel.conflist"])
    func takeOver(conflist: String) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let network = try PodNetwork(lab, in: directory, conflist: conflist)
                let ours = network.runtime
                let theirs = try reference(of: ours, conflist)
                let old = try (1...3).map { try Pod("old\($0)", lab) }
                let oldResults = try old.map { try theirs.add($0) }
                let new = try (1...3).map { try Pod("new\($0)", lab) }
                let newResults = try new.map { try ours.add($0) }

                let addresses = (oldResults + newResults).flatMap(\.addresses)
                #expect(addresses.count == 12)
                #expect(Set(addresses).count == addresses.count)
                try expectTalk(from: old[0].host, to: new[0].host, newResults[0])
                try expectTalk(from: new[0].host, to: old[0].host, oldResults[0])

                for (pod, result) in zip(old, oldResults) { try ours.delete(pod, result) }
                for (pod, result) in zip(new, newResults) { try ours.delete(pod, result) }
                // The uplink is a pair too, and leases are paths.
                let left = try ours.node.residue.filter {
                    $0.hasPrefix("/") || $0.contains("veth") && !$0.contains("uplink")
                }
                #expect(left == [])
            }
        }
    }

    /// The same list with the reference plugins.
    private func reference(of runtime: Runtime, _ conflist: String) throws -> Runtime {
        var node = runtime.node
        node.searchPath = [Node.reference]
        let list =
            conflist.contains("flannel") ? try NetworkList(parsing: Self.flannel) : runtime.list
        return Runtime(node: node, list: list)
    }

    private func expectTalk(from client: Host, to host: Host, _ result: PodResult) throws {
        let server = try host.serve(.tcp, .pod)
        for address in result.addresses {
            #expect(try client.ask(.tcp, AddressAndPort(address, .pod)).server == host.name)
        }
        withExtendedLifetime(server) {}
    }
}
