import Network
import Topology

/// Pods reach each other, are reached by nodes, and reach what is outside.
enum PodChecks {
    static func all(_ plan: ClusterPlan) -> [Check] {
        plan.families.map(acrossNodes) + [fromNodes, outwards]
    }

    private static func acrossNodes(_ family: IPFamily) -> Check {
        Check("pod → pods of other nodes, \(family)", "each answers, no address is changed") {
            cluster in
            var tally = Tally()
            for sender in cluster.pods {
                for receiver in cluster.webs where receiver.plan.node != sender.plan.node {
                    count(sender.host, sender.addresses, receiver, family, &tally)
                }
            }
            return tally.measurement()
        }
    }

    private static var fromNodes: Check {
        Check("node → pods of all nodes", "each answers, and sees an address of the node") {
            cluster in
            var tally = Tally()
            for node in cluster.nodes {
                // It also has addresses of its pods' networks, where a tunnel ends.
                let own = try node.host.addresses
                for receiver in cluster.webs {
                    for family in cluster.plan.families {
                        count(node.host, own, receiver, family, &tally)
                    }
                }
            }
            return tally.measurement()
        }
    }

    private static func count(
        _ sender: Host, _ addresses: [CIDR], _ receiver: Pod, _ family: IPFamily,
        _ tally: inout Tally
    ) {
        tally.count("\(sender.name) → \(receiver.name)") {
            guard let address = receiver.addresses.first(family) else {
                throw Cluster.missing(family)
            }
            let answer = try sender.ask(address, ServicePlans.webPort)
            if answer.server != receiver.name { return "\(answer)" }
            let isKept = addresses.contains { $0.address == answer.client.address }
            return isKept ? nil : "\(answer)"
        }
    }

    private static var outwards: Check {
        Check("pod → machine outside", "it sees the address of the pod's node") { cluster in
            var tally = Tally()
            for pod in cluster.webs {
                for family in cluster.plan.families {
                    tally.count("\(pod.name), \(family)") {
                        guard let address = cluster.plan.outside.addresses.first(family) else {
                            throw Cluster.missing(family)
                        }
                        let answer = try pod.host.ask(address, ServicePlans.webPort)
                        let node = cluster.node(of: pod).plan.machine.addresses.first(family)
                        return answer.client.address == node ? nil : "\(answer)"
                    }
                }
            }
            return tally.measurement()
        }
    }
}
