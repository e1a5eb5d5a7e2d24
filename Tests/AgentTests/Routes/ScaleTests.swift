import Agent
import Kubernetes
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A thousand nodes` {
    /// Peers behind the router, of both families.
    private static func peers(_ numbers: Range<Int>) -> [Node] {
        numbers.map { number in
            let (high, low) = (number / 250, number % 250 + 1)
            return node(
                "peer-\(number)", ["10.\(100 + high).\(low).0/24", "fd01:\(number + 1)::/64"],
                [
                    ("InternalIP", "203.0.\(high).\(low)"),
                    ("InternalIP", "2001:db8:f::\(number + 1)"),
                ])
        }
    }

    @Test(arguments: [RouteSettings.Mode.vxlan, .auto])
    func `R12: a change of one costs what it changes`(mode: RouteSettings.Mode) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1)
            let own = cluster.nodes[0]
            try own.start(RouteSettings(mode: mode))
            let all = [own.object] + Self.peers(0..<1000)
            let first = try own.update(all)
            #expect(first.errors.isEmpty && first.findings.isEmpty)
            #expect(first.routes.added == 2002)
            #expect(first.neighbours.added == 2000 && first.forwarding.added == 2000)

            #expect(try own.update(all).requests == 0)

            let gone = try own.update(Array(all.dropLast()))
            // Two routes, two neighbours, two forwarding entries.
            #expect(gone.requests == 6 && gone.changes == 6)

            let back = try own.update(all)
            // And the ways to two addresses.
            #expect(back.requests == 8 && back.changes == 6)

            #expect(try !own.readEvents())
            let verified = try own.verify()
            #expect(verified.changes == 0)
            own.stop()
            try own.start(RouteSettings(mode: mode))
            #expect(try own.update(all).changes == 0)
        }
    }
}
