import Network
import Platform

/// Waits until everything that was just started answers.
struct Settling {
    let cluster: Cluster
    let interruption: Interruption

    private static let patience = Duration.seconds(15)
    private static let pause = Duration.milliseconds(5)
    /// One that is lost on the way is not waited for any longer.
    private static let answerPatience = Duration.milliseconds(200)

    /// Waits for each condition in turn; the last that did not hold is the error.
    func wait() throws {
        let deadline = MonotonicTime.now + Self.patience
        for (subject, holds) in try conditions {
            while try !holds() {
                try interruption.check()
                if MonotonicTime.now > deadline {
                    throw DemoError(
                        .traffic, "wait for \(subject)", "not so within \(Self.patience.words)")
                }
                sleep(for: Self.pause)
            }
        }
    }

    private var conditions: [(String, () throws -> Bool)] {
        get throws {
            let client = try cluster.client.host
            let front = cluster.services.front
            var all: [(String, () throws -> Bool)] = []
            for server in cluster.webs.flatMap(\.addresses) {
                all.append(
                    (
                        "a server at \(server.address)",
                        {
                            isAnswered(client, server.address, ServicePlans.webPort)
                        }
                    ))
            }
            for family in cluster.plan.families {
                var names = try cluster.resolver(family)
                names.hurry(Self.answerPatience)
                all.append(
                    (
                        "names by \(family)",
                        {
                            let found = try? names.addresses(front.name, family)
                            return found == Set([front.address(family)].compactMap(\.self))
                        }
                    ))
            }
            for address in cluster.plan.nodes.flatMap(\.machine.addresses) {
                all.append(
                    (
                        "services of the node \(address.address)",
                        {
                            sharesAreEven(address.address)
                        }
                    ))
            }
            return all
        }
    }

    private func isAnswered(_ host: Host, _ address: IPAddress, _ port: UInt16) -> Bool {
        let target = AddressAndPort(address, Port(port))
        return (try? Question(.tcp, target, within: Self.answerPatience).ask(from: host)) != nil
    }

    /// Whether a node knows all pods of the last service.
    private func sharesAreEven(_ address: IPAddress) -> Bool {
        let target = AddressAndPort(address, Port(ServicePlans.frontPort))
        let question = Question(.tcp, target, within: Self.answerPatience)
        var shares = Shares()
        for _ in cluster.webs {
            guard let answer = try? question.ask(from: cluster.outside) else { return false }
            shares.add(answer)
        }
        return shares.are(1, eachOf: cluster.webNames)
    }
}
