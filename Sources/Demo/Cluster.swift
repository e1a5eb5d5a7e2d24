import Platform

/// The demonstration's cluster while it stands.
package final class Cluster: Sendable {
    let plan: ClusterPlan
    let directory: RunDirectory
    let nodes: [Node]
    let outside: Host
    let pods: [Pod]
    private let lock: FileLock

    /// Builds the cluster; whatever fails, the caller removes what is there by `tearDown`.
    package init(_ plan: ClusterPlan, in directory: RunDirectory) throws {
        self.plan = plan
        self.directory = directory
        lock = try directory.create()
        var underlay = try Underlay(plan, in: directory)
        var nodes: [Node] = []
        for node in plan.nodes {
            nodes.append(try Node(node, underlay.machine(node.machine), in: directory))
        }
        self.nodes = nodes
        outside = try underlay.machine(plan.outside)
        for node in nodes { try NodeAgent(node: node, plan: plan).start() }
        let plugins = try Self.plugins
        pods = try PodPlan.all(nodes: nodes.count).map { plan in
            try PodRuntime(node: nodes[plan.node - 1], plugins: plugins).start(plan, in: directory)
        }
    }

    /// The plugins lie beside the program.
    private static var plugins: String {
        get throws {
            let parts = try Program.currentFile.split(separator: "/").dropLast()
            return "/" + parts.joined(separator: "/")
        }
    }
}

extension Cluster {
    /// Removes a demonstration; false means that there was none.
    package static func tearDown(_ directory: RunDirectory) throws(DemoError) -> Bool {
        try DemoError.of(.state, "remove the demonstration in \(directory.path)") {
            guard try directory.exists else { return false }
            guard try directory.isOurs else {
                throw DemoError(
                    .state, "remove \(directory.path)", "it is no demonstration's directory")
            }
            guard let lock = try directory.attemptLock() else {
                throw DemoError(
                    .state, "remove \(directory.path)",
                    "process \(directory.owner) still works on it; end that one first")
            }
            try Teardown(directory: directory).run()
            _ = consume lock
            return true
        }
    }
}
