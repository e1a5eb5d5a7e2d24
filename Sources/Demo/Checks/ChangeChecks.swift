import Network
import Platform

/// Traffic follows the objects.
enum ChangeChecks {
    static var all: [Check] { [upgrade, leaving, returning] }

    private static let podName = "web-3"
    /// Longer than this and people notice.
    private static let limit = Duration.seconds(2)

    /// Where an agent says whether it has done its work.
    private static let health = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 10256)
    /// How long nobody leads the node.
    private static let absence = Duration.milliseconds(150)

    private static var upgrade: Check {
        Check("an agent is killed, and started again", "no connection fails meanwhile") { cluster in
            let (client, node) = (try cluster.client, try cluster.node(of: cluster.client))
            guard let address = cluster.services.web.addresses.first else {
                throw Cluster.missing(.v4)
            }
            let question = Question(.tcp, AddressAndPort(address, Port(ServicePlans.httpPort)))
            let ready = Question(.tcp, health)
            var tally = Tally()
            func connect(until isOver: (Duration) -> Bool) {
                let start = MonotonicTime.now
                while !isOver(.now - start) {
                    let number = tally.all + 1
                    tally.count("connection \(number)") {
                        _ = try question.ask(from: client.host)
                        return nil
                    }
                }
            }
            cluster.killAgent(of: node)
            connect { $0 > absence }
            try cluster.startAgent(of: node)
            connect { ready.finds("/readyz", from: node.host) || $0 > .seconds(5) }
            guard ready.finds("/readyz", from: node.host) else {
                return Measurement(false, "the agent does not come back")
            }
            return tally.measurement("answered")
        }
    }

    private static var leaving: Check {
        Check("a pod's manifest: not ready", "no connection goes there within \(limit.words)") {
            cluster in
            let change = try ReadinessChange(cluster, podName, isReady: false)
            let seen = try change.follow { $0.isGone }
            return seen.measurement(seen.isGone ? seen.left : nil, within: limit)
        }
    }

    private static var returning: Check {
        Check("a pod's manifest: ready again", "it has its share again within \(limit.words)") {
            cluster in
            let change = try ReadinessChange(cluster, podName, isReady: true)
            let seen = try change.follow { $0.first != nil }
            let shares = Shares(
                try cluster.client.host.ask(
                    change.target.address, change.target.port.rawValue,
                    times: cluster.webs.count))
            guard shares.are(1, eachOf: cluster.webNames) else {
                return Measurement(false, "\(shares)")
            }
            return seen.measurement(seen.first, within: limit)
        }
    }
}

/// One edit of a pod's manifest, and what becomes of connections that are made all the while.
private struct ReadinessChange {
    private let cluster: Cluster
    private let pod: Pod
    private let isReady: Bool
    let target: AddressAndPort

    private static let patience = Duration.seconds(5)

    init(_ cluster: Cluster, _ name: String, isReady: Bool) throws {
        self.cluster = cluster
        self.isReady = isReady
        pod = try cluster.pod(name)
        guard let address = cluster.services.web.addresses.first else {
            throw Cluster.missing(.v4)
        }
        target = AddressAndPort(address, Port(ServicePlans.httpPort))
    }

    /// Edits the manifest, and connects again and again until it is clear what has come of it.
    func follow(until isDone: (Sighting) -> Bool) throws -> Sighting {
        let manifest = Manifest(
            pod.plan, on: cluster.node(of: pod).name, pod.addresses.map(\.address),
            isReady: isReady)
        let client = try cluster.client
        // Before: whoever is told of the change may run first.
        let start = MonotonicTime.now
        try manifest.write(to: cluster.directory)
        var sighting = Sighting(of: pod.name, among: cluster.webs.count)
        while !isDone(sighting), MonotonicTime.now - start < Self.patience {
            let answer = try? Question(.tcp, target).ask(from: client.host)
            sighting.add(answer?.server, at: .now - start)
        }
        return sighting
    }
}
