import Platform
import Topology

/// What the kernel holds for each node, for a person who wonders why a line did not hold.
struct KernelState {
    let cluster: Cluster

    private static let questions = [
        ("ip", ["addr"]), ("ip", ["route"]), ("ip", ["-6", "route"]), ("ip", ["neigh"]),
        ("bridge", ["fdb"]), ("nft", ["list", "ruleset"]),
    ]

    var text: String {
        cluster.nodes.map { node in
            Self.questions.map { answer($0, $1, node) }.joined() + log(node.agentName)
        }.joined()
    }

    private func answer(_ program: String, _ arguments: [String], _ node: Node) -> String {
        let program = Program(
            program, arguments, environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
            limit: .seconds(5))
        let title = "\n# \(node.name): \(program)\n"
        do {
            let outcome = try node.host.run(program)
            return title + String(decoding: outcome.output + outcome.errors, as: UTF8.self)
        } catch {
            return title + "\(error)\n"
        }
    }

    private func log(_ name: String) -> String {
        let path = cluster.directory.log(name)
        let text = (try? File.read(path)) ?? []
        return "\n# \(path)\n" + String(decoding: text, as: UTF8.self)
    }
}
