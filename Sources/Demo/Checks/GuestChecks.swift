import Network
import Platform
import Topology

/// A pod comes, and goes.
enum GuestChecks {
    static var all: [Check] { [guest] }

    private static let port = HostPort(number: 8088, target: ServicePlans.webPort)
    private static let patience = Duration.seconds(5)

    private static var guest: Check {
        Check("a pod with a host port comes and goes", "outside reaches it, nothing of it is left")
        {
            cluster in
            let node = cluster.nodes[0]
            let families = cluster.plan.families
            let before = try Residue(of: node, families)
            let runtime = PodRuntime(node: node, plugins: cluster.programs.plugins)
            let plan = PodPlan(name: "guest", namespace: PodPlan.shop, node: 1, role: .web)
            let start = MonotonicTime.now
            let pod = try runtime.start(plan, ports: [port], in: cluster.directory)
            let added = MonotonicTime.now - start
            let tally = try visit(pod, at: node, cluster)
            if let problem = tally.problem { return Measurement(false, problem) }
            let end = MonotonicTime.now
            try runtime.stop(pod)
            let removed = MonotonicTime.now - end
            if let excess = try Residue(of: node, families).excess(over: before) {
                return Measurement(false, "there still is \(excess)")
            }
            return Measurement(true, "up in \(added.words), gone in \(removed.words)")
        }
    }

    /// Runs its server, asked from outside by each address of the node, for as long as this takes.
    private static func visit(_ pod: Pod, at node: Node, _ cluster: Cluster) throws -> Tally {
        let servers = PodServers(programs: cluster.programs, directory: cluster.directory)
        let server = try servers.start(pod)
        defer { server?.kill() }
        var tally = Tally()
        for address in node.plan.machine.addresses.map(\.address) {
            tally.count("\(address)") {
                let question = Question(.tcp, AddressAndPort(address, Port(port.number)))
                let answer = try question.ask(from: cluster.outside, trying: patience)
                let client = cluster.plan.outside.addresses.first(address.family)
                let isRight = answer.server == pod.name && answer.client.address == client
                return isRight ? nil : "\(answer)"
            }
        }
        return tally
    }
}
