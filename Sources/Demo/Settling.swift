import Network
import Platform
import Topology

/// Waits until everything that was just started answers.
struct Settling {
    let cluster: Cluster
    let interruption: Interruption

    private static let patience = Duration.seconds(15)
    private static let pause = Duration.milliseconds(5)
    /// One that is lost on the way is not waited for any longer.
    private static let answerPatience = Duration.milliseconds(200)

    /// What is waited for.
    private struct Condition {
        let subject: String
        let holds: () -> Bool

        init(_ subject: String, _ holds: @escaping () -> Bool) {
            self.subject = subject
            self.holds = holds
        }
    }

    /// Waits for each condition in turn; the first that does not come to hold is the error.
    func wait() throws {
        let deadline = MonotonicTime.now + Self.patience
        for condition in try servers + names + services {
            while !condition.holds() {
                try interruption.check()
                if MonotonicTime.now > deadline {
                    throw DemoError(
                        .traffic, "wait for \(condition.subject)",
                        "not so within \(Self.patience.words)")
                }
                sleep(for: Self.pause)
            }
        }
    }
}

extension Settling {
    private var servers: [Condition] {
        get throws {
            let client = try cluster.client.host
            return cluster.webs.flatMap(\.addresses).map(\.address).map { address in
                Condition("the server at \(address)") {
                    let question = question(address, ServicePlans.webPort)
                    return (try? question.ask(from: client)) != nil
                }
            }
        }
    }

    /// Every DNS server knows all pods of the headless service, and the service has DNS servers.
    private var names: [Condition] {
        get throws {
            let client = try cluster.client.host
            let pods = cluster.pods.filter { $0.plan.role == .dns }
            let addresses =
                pods.flatMap(\.addresses).map(\.address) + cluster.services.dns.addresses
            return addresses.flatMap { address in
                var resolver = Resolver(client, Resolver.file(address, in: PodPlan.shop))
                resolver.hurry(Self.answerPatience)
                return cluster.plan.families.map { [resolver] family in
                    Condition("\(family) names from \(address)") {
                        let own = cluster.webs.compactMap { $0.addresses.first(family) }
                        let name = cluster.services.peers.name
                        return (try? resolver.addresses(name, family)) == Set(own)
                    }
                }
            }
        }
    }

    /// Every node knows all pods of a service, and the client's node those of another.
    private var services: [Condition] {
        get throws {
            let client = try cluster.client.host
            let outer = cluster.plan.nodes.flatMap(\.machine.addresses).map(\.address)
            return cluster.services.web.addresses.map { address in
                Condition("the service at \(address)") {
                    sharesAreEven(question(address, ServicePlans.httpPort), from: client)
                }
            }
                + outer.map { address in
                    Condition("the node port at \(address)") {
                        sharesAreEven(
                            question(address, ServicePlans.frontPort), from: cluster.outside)
                    }
                }
        }
    }

    private func question(_ address: IPAddress, _ port: UInt16) -> Question {
        Question(.tcp, AddressAndPort(address, Port(port)), within: Self.answerPatience)
    }

    private func sharesAreEven(_ question: Question, from host: Host) -> Bool {
        var shares = Shares()
        for _ in cluster.webs {
            guard let answer = try? question.ask(from: host) else { return false }
            shares.add(answer)
        }
        return shares.are(1, eachOf: cluster.webNames)
    }
}
