import Network
import Platform
import Synchronization
import Topology

/// The demonstration's cluster while it stands.
package final class Cluster: Sendable {
    let plan: ClusterPlan
    let services: ServicePlans
    let directory: RunDirectory
    let programs: Programs
    let nodes: [Node]
    let outside: Host
    let pods: [Pod]
    private let agents: [NodeAgent]
    private let daemons: Mutex<[Daemon]>
    private let lock: FileLock

    /// Builds the cluster; whatever fails, the caller removes what is there by `tearDown`.
    init(
        _ plan: ClusterPlan, in directory: RunDirectory, _ interruption: Interruption
    ) throws {
        self.plan = plan
        self.directory = directory
        services = ServicePlans(families: plan.families)
        let programs = try Programs()
        self.programs = programs
        lock = try directory.create()
        var underlay = try Underlay(plan, in: directory)
        nodes = try plan.nodes.map { node in
            try Node(node, underlay.machine(node.machine), in: directory)
        }
        outside = try underlay.machine(plan.outside)
        for address in ServicePlans.balancer(plan.families) {
            try underlay.lead(address, to: plan.nodes[1].machine)
        }
        try interruption.check()
        try Self.writeObjects(plan, services, to: directory)
        let agents = nodes.map { NodeAgent(node: $0, mode: plan.mode) }
        let running = try agents.map { try $0.start(programs, in: directory) }
        self.agents = agents
        for agent in agents { try agent.wait(interruption) }
        pods = try Self.startPods(on: nodes, programs, in: directory)
        try interruption.check()
        let servers = PodServers(programs: programs, directory: directory)
        daemons = Mutex(
            try running + pods.compactMap(servers.start) + servers.startOutside(outside))
    }

    private static func writeObjects(
        _ plan: ClusterPlan, _ services: ServicePlans, to directory: RunDirectory
    ) throws {
        for node in plan.nodes { try Manifest(node).write(to: directory) }
        for service in services.all {
            try Manifest(service, families: plan.families).write(to: directory)
        }
        guard let dns = services.dns.addresses.first else { return }
        try NameServerFiles.write(
            to: directory, outside: plan.outside.addresses.map(\.address), dns: dns)
    }

    private static func startPods(
        on nodes: [Node], _ programs: Programs, in directory: RunDirectory
    ) throws -> [Pod] {
        try PodPlan.all(nodes: nodes.count).map { plan in
            let node = nodes[plan.node - 1]
            let pod = try PodRuntime(node: node, plugins: programs.plugins)
                .start(plan, in: directory)
            try Manifest(plan, on: node.name, pod.addresses.map(\.address)).write(to: directory)
            return pod
        }
    }
}

extension Cluster {
    /// What it consists of.
    var summary: String {
        let families = plan.families.map(\.description).joined(separator: " and ")
        return "\(nodes.count) nodes, \(pods.count) pods and \(services.all.count) services, "
            + "\(families), routes: \(plan.mode.rawValue)"
    }

    /// Ends a node's agent without a warning.
    func killAgent(of node: Node) {
        daemons.withLock { daemons in
            for daemon in daemons where daemon.name == node.agentName { daemon.kill() }
            daemons.removeAll { $0.name == node.agentName }
        }
    }

    func startAgent(of node: Node) throws {
        for agent in agents where agent.node === node {
            let daemon = try agent.start(programs, in: directory)
            daemons.withLock { $0.append(daemon) }
        }
    }

    /// Lets everything stay when this process ends.
    func leave() {
        for daemon in daemons.withLock(\.self) { daemon.leave() }
    }

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
