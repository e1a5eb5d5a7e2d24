package import Topology

/// Nodes that have a set of services in their kernels.
package final class ProgrammedNodes: Sendable {
    package let program: PathProgram
    package let services: ServiceSet
    /// How long the node took that took longest.
    package let duration: Duration
    private let parts: [Part]

    /// What was done on a node; a proxy goes on, as it does on nodes.
    private struct Part {
        let duration: Duration
        var proxy: (any Sendable)?
    }

    /// Programs the nodes of a lab, all of them, for what is sent passes the rules of each.
    package init(
        _ program: PathProgram, _ services: ServiceSet, _ nodes: [Host],
        _ peers: PeerPaths = PeerPaths()
    ) throws(BenchError) {
        self.program = program
        self.services = services
        if program == .weft {
            parts = try Self.weft(services, nodes)
        } else if let mode = program.mode {
            parts = try Self.kubeProxy(mode, try program.path(peers), services, nodes)
        } else {
            parts = try Self.rules(program, services, nodes)
        }
        duration = parts.map(\.duration).max() ?? .zero
    }
}

extension ProgrammedNodes {
    private static func weft(
        _ services: ServiceSet, _ nodes: [Host]
    ) throws(BenchError) -> [Part] {
        let store = try ServiceStore(services)
        var parts: [Part] = []
        for (index, node) in nodes.enumerated() {
            let proxy = try RunningProxy(services.settings(index + 1), of: store.store, on: node)
            parts.append(Part(duration: proxy.full.duration, proxy: proxy))
        }
        return parts
    }

    private static func kubeProxy(
        _ mode: KubeProxy.Mode, _ path: String, _ services: ServiceSet, _ nodes: [Host]
    ) throws(BenchError) -> [Part] {
        let objects = try APIObjects(services)
        var parts: [Part] = []
        for (index, node) in nodes.enumerated() {
            let settings = KubeProxy.Settings(mode, services, node: index + 1)
            let proxy = try ServedKubeProxy(path, settings, objects, on: node)
            parts.append(Part(duration: proxy.duration, proxy: proxy))
        }
        return parts
    }

    private static func rules(
        _ program: PathProgram, _ services: ServiceSet, _ nodes: [Host]
    ) throws(BenchError) -> [Part] {
        var parts: [Part] = []
        for (index, node) in nodes.enumerated() {
            for family in services.families {
                let ruleset = PeerRuleset(program, services, family, node: index + 1)
                if let ruleset { parts.append(Part(duration: try ruleset.load(on: node))) }
            }
        }
        return parts
    }
}
