package import Topology
import Platform

/// Nodes that have a set of services in their kernels.
package final class ProgrammedNodes: Sendable {
    package let program: PathProgram
    package let services: ServiceSet
    /// How long the node took that took longest.
    package let duration: Duration
    /// Weft's own proxies go on, as they do on nodes.
    private let proxies: [RunningProxy]

    /// Programs the nodes of a lab, all of them, for what is sent passes the rules of each.
    package init(
        _ program: PathProgram, _ services: ServiceSet, _ nodes: [Host]
    ) throws(BenchError) {
        var (proxies, durations): ([RunningProxy], [Duration]) = ([], [])
        if program == .weft {
            let store = try ServiceStore(services)
            for (index, node) in nodes.enumerated() {
                let proxy = try RunningProxy(
                    services.settings(index + 1), of: store.store, on: node)
                durations.append(proxy.full.duration)
                proxies.append(proxy)
            }
        } else {
            for (index, node) in nodes.enumerated() {
                for family in services.families {
                    let ruleset = PeerRuleset(program, services, family, node: index + 1)
                    if let ruleset { durations.append(try ruleset.load(on: node)) }
                }
            }
        }
        self.program = program
        self.services = services
        self.proxies = proxies
        duration = durations.max() ?? .zero
    }
}
