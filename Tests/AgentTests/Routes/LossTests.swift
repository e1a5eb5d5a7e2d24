import Agent
import Kubernetes
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Traffic that no change concerns` {
    /// Asks again and again on a thread of its own.
    private final class Asking: Sendable {
        private let answers = Atomic(0)
        private let failure = Mutex<String?>(nil)
        private let isOver = Flag()

        func run(_ conversations: [any Conversation]) {
            while !isOver.isSet {
                do {
                    for conversation in conversations {
                        // A packet that is lost is never asked for again.
                        _ = try conversation.ask("still there?", within: .seconds(5))
                        answers.add(1, ordering: .relaxed)
                    }
                } catch {
                    return failure.withLock { $0 = "\(error)" }
                }
            }
        }

        /// Ends it; how many answers there were, and what went wrong.
        func end() -> (Int, String?) {
            isOver.set()
            return (answers.load(ordering: .relaxed), failure.withLock { $0 })
        }
    }

    @Test(arguments: [RouteSettings.Mode.auto, .vxlan])
    func `loses no packet while others come, go and keepers start again`(
        mode: RouteSettings.Mode
    ) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 1)
            try cluster.start(RouteSettings(mode: mode))
            try cluster.update()
            let client = cluster.nodes[0].pod
            let conversations = try cluster.nodes.dropFirst().flatMap { target in
                try target.podAddresses.map { address in
                    try client.converse(
                        .udp, with: AddressAndPort(IPAddress(validating: address), 7))
                }
            }
            let asking = Asking()
            let thread = try Thread { asking.run(conversations) }
            for round in 0..<10 {
                let others = (0..<50).map { Self.stranger($0, round) }
                try cluster.update(cluster.objects + others)
                for node in cluster.nodes {
                    node.stop()
                    try node.start(RouteSettings(mode: mode))
                }
                try cluster.update(cluster.objects + others.prefix(round))
            }
            let (answers, failure) = asking.end()
            thread.join()
            #expect(failure == nil)
            #expect(answers > 40)
        }
    }

    /// A node that only exists as an object, each time with other networks and another address.
    private static func stranger(_ number: Int, _ round: Int) -> Node {
        node(
            "stranger-\(number)",
            ["10.\(100 + round).\(number).0/24", "fd01:\(round):\(number)::/64"],
            [
                ("InternalIP", "\(LabNode.network4(round % 2 == 0)).\(100 + number)"),
                ("InternalIP", "\(LabNode.network6(round % 2 == 0))::\(100 + number)"),
            ])
    }
}
