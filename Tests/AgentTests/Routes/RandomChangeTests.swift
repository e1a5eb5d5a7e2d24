import FuzzSupport
import Kubernetes
import TestSupport
import Testing

@testable import Agent

@Suite(.requiresRoot) struct `Whatever happens` {
    /// Peers that only exist as objects, near and far, each with several states it can be in.
    private struct World {
        var random: SeededGenerator
        /// Each peer's networks' number and address' number; nil while there is no such node.
        var peers: [(network: Int, address: Int)?] = Array(repeating: (0, 0), count: 6)

        var objects: [Node] {
            peers.enumerated().compactMap { number, state in
                guard let state else { return nil }
                let number = number + 10
                let isFar = state.address % 3 != 0
                let host = number + 20 * state.address
                return node(
                    "n\(number)",
                    [
                        "10.\(100 + state.network).\(number).0/24",
                        "fd01:\(state.network):\(number)::/64",
                    ],
                    [
                        ("InternalIP", "\(LabNode.network4(isFar)).\(host)"),
                        ("InternalIP", "\(LabNode.network6(isFar))::\(host)"),
                    ])
            }
        }

        mutating func change() {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let peer = peers.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<4, using: &random) {
                case 0: peers[peer] = nil
                case 1: peers[peer] = (0, 0)
                case 2: peers[peer]?.network = .random(in: 0..<4, using: &random)
                default: peers[peer]?.address = .random(in: 0..<6, using: &random)
                }
            }
        }
    }

    /// What somebody else does to the kernel; a tunnel that is not there at the time is none to harm.
    private static let harm = [
        "-4 route flush proto 87", "-6 route flush proto 87", "link del weft.vxlan",
        "link del weft.vxlan6", "link set weft.vxlan down", "link set weft.vxlan6 down",
        "link set weft.vxlan mtu 1280", "addr flush dev weft.vxlan6",
        "route add 10.250.0.0/16 via 192.0.2.254 proto 87",
        "route add blackhole 10.251.0.0/16 proto 87",
    ]

    /// What no event tells of, so that only a look at everything finds it.
    private static let silentHarm = [
        "neigh flush dev weft.vxlan nud permanent", "neigh flush dev weft.vxlan6 nud permanent",
        "neigh replace 10.250.0.0 lladdr 02:00:00:00:00:01 dev weft.vxlan nud permanent",
    ]

    @Test(arguments: [UInt64(1), 2, 3])
    func `the kernel is what the nodes are`(seed: UInt64) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1)
            let own = cluster.nodes[0]
            var world = World(random: SeededGenerator(seed: seed))
            try own.start(RouteSettings())
            for round in 0..<60 {
                let action = Int.random(in: 0..<10, using: &world.random)
                switch action {
                case 0: _ = try? own.host.ip(Self.harm.randomElement(using: &world.random) ?? "")
                case 1:
                    _ = try? own.host.ip(Self.silentHarm.randomElement(using: &world.random) ?? "")
                    _ = try own.verify()
                case 2:
                    own.stop()
                    _ = try? own.host.ip(Self.harm.randomElement(using: &world.random) ?? "")
                    world.change()
                    try own.start(RouteSettings())
                default: world.change()
                }
                let outcome = try own.update([own.object] + world.objects)
                if try own.readEvents() { _ = try own.verify() }
                #expect(outcome.errors.isEmpty || action == 0, "\(outcome)")
                let expected = ExpectedKernel(world.objects, own: own.object)
                let shown = try ExpectedKernel(shownBy: own)
                try #require(shown == expected, "round \(round), action \(action)")
            }
        }
    }
}
