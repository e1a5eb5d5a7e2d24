import Network
import Platform
import Topology

/// Services are reached from outside of the cluster.
enum OutsideChecks {
    static func all(_ plan: ClusterPlan) -> [Check] { [nodePort, balancer, local] }

    private static let turns = 2
    /// What goes astray is not answered at all, so this is waited for.
    private static let silence = Duration.milliseconds(150)

    private static var nodePort: Check {
        Check(
            "outside → each node's port",
            "\(turns) connections to each pod, exactly"
        ) { cluster in
            var tally = Tally()
            for node in cluster.nodes {
                for address in node.plan.machine.addresses.map(\.address) {
                    tally.count("\(node.name), \(address.family)") {
                        let shares = Shares(
                            try cluster.outside.ask(
                                address, ServicePlans.frontPort,
                                times: turns * cluster.webs.count))
                        return shares.are(turns, eachOf: cluster.webNames) ? nil : "\(shares)"
                    }
                }
            }
            return tally.measurement("nodes and families")
        }
    }

    private static var balancer: Check {
        Check(
            "outside → load balancer's address",
            "\(ServiceChecks.turns) connections to each pod, exactly"
        ) { cluster in
            var tally = Tally()
            var all = Shares()
            for address in ServicePlans.balancer(cluster.plan.families) {
                tally.count("\(address)") {
                    let answers = try cluster.outside.ask(
                        address, ServicePlans.httpPort,
                        times: ServiceChecks.turns * cluster.webs.count)
                    answers.forEach { all.add($0) }
                    let shares = Shares(answers)
                    return shares.are(ServiceChecks.turns, eachOf: cluster.webNames)
                        ? nil : "\(shares)"
                }
            }
            return tally.problem == nil ? Measurement(true, "\(all)") : tally.measurement()
        }
    }

    private static var local: Check {
        Check(
            "outside → service of local policy",
            "client's address is seen, other nodes are silent"
        ) { cluster in
            let pod = try cluster.pod(ServicePlans.localPod)
            var tally = Tally()
            for node in cluster.nodes {
                for address in node.plan.machine.addresses.map(\.address) {
                    tally.count("\(node.name), \(address.family)") {
                        if node.plan.number == pod.plan.node {
                            let answer = try cluster.outside.ask(address, ServicePlans.localPort)
                            let own = cluster.plan.outside.addresses.first(address.family)
                            return answer.client.address == own ? nil : "\(answer)"
                        }
                        let isSilent = cluster.outside.hearsNothing(
                            from: address, ServicePlans.localPort, within: silence)
                        return isSilent ? nil : "it answers"
                    }
                }
            }
            let client = cluster.plan.outside.addresses.first?.address
            return tally.measurement(client.map { "seen as \($0)" } ?? "")
        }
    }
}
