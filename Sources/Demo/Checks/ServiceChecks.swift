import Network

/// Services lead pods to pods.
enum ServiceChecks {
    static func all(_ plan: ClusterPlan) -> [Check] {
        plan.families.map(byName) + [datagrams(plan.families), affinity, hairpin]
    }

    /// How many questions each server is to get.
    static let turns = 10

    private static func byName(_ family: IPFamily) -> Check {
        Check("pod → service by name, \(family)", "\(turns) connections to each pod, exactly") {
            cluster in
            let names = try cluster.resolver(family)
            let found = try names.addresses(cluster.services.web.name, family)
            guard let address = found.first, found == Set([address]) else {
                return Measurement(false, "the name has \(found.count) addresses")
            }
            let servers = cluster.webNames
            let answers = try cluster.client.host.ask(
                address, ServicePlans.httpPort, times: turns * servers.count)
            let shares = Shares(answers)
            return Measurement(shares.are(turns, eachOf: servers), "\(shares) at \(address)")
        }
    }

    private static func datagrams(_ families: [IPFamily]) -> Check {
        Check("pod → service by UDP", "\(turns) datagrams to each pod, exactly") { cluster in
            let servers = cluster.webNames
            var all = Shares()
            for family in families {
                guard let address = cluster.services.web.address(family) else {
                    throw Cluster.missing(family)
                }
                let target = AddressAndPort(address, Port(ServicePlans.echoPort))
                var shares = Shares()
                for number in 0..<(turns * servers.count) {
                    // A port that was used before might still be a flow that leads to its pod.
                    let port = Port(Self.firstPort + UInt16(number))
                    let question = Question(.udp, target, from: port)
                    let answer = try question.ask(from: cluster.client.host)
                    shares.add(answer)
                    all.add(answer)
                }
                guard shares.are(turns, eachOf: servers) else {
                    return Measurement(false, "\(family): \(shares)")
                }
            }
            return Measurement(true, "\(all)")
        }
    }

    /// Below the kernel's own choice, which begins at 32768.
    private static let firstPort: UInt16 = 20_000

    private static var affinity: Check {
        Check("session affinity", "\(turns * 2) connections to one pod") {
            cluster in
            var found: [String] = []
            for family in cluster.plan.families {
                guard let address = cluster.services.sticky.address(family) else {
                    throw Cluster.missing(family)
                }
                let shares = Shares(
                    try cluster.client.host.ask(
                        address, ServicePlans.httpPort, times: turns * 2))
                found.append("\(shares)")
                if shares.counts.count != 1 { return Measurement(false, "\(shares)") }
            }
            return Measurement(true, found.joined(separator: ", "))
        }
    }

    private static var hairpin: Check {
        Check("pod → itself through its service", "it is answered by itself") { cluster in
            let pod = try cluster.pod(ServicePlans.mirrorPod)
            var tally = Tally()
            for family in cluster.plan.families {
                tally.count("\(family)") {
                    guard let address = cluster.services.mirror.address(family) else {
                        throw Cluster.missing(family)
                    }
                    let answer = try pod.host.ask(address, ServicePlans.httpPort)
                    return answer.server == pod.name ? nil : "\(answer)"
                }
            }
            return tally.measurement("by \(pod.name)")
        }
    }
}
