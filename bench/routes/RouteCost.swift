import Agent
import Measure
import Network
import Platform

/// What it costs to keep the ways to many nodes' pods, in a namespace whose only wire leads to them.
struct RouteCost: ~Copyable {
    private var keeper: RouteKeeper
    private let settings: RouteSettings
    private let own: ClusterNode
    private let peers: [ClusterNode]

    /// To be run inside the namespace.
    init(nodes: Int, mode: RouteSettings.Mode) throws {
        settings = RouteSettings(mode: mode)
        own = Self.node(0)
        peers = (1...nodes).map(Self.node)
        keeper = try RouteKeeper(settings)
    }

    /// A node of both families: any number up to 65,535.
    private static func node(_ number: Int) -> ClusterNode {
        let low = UInt32(truncatingIfNeeded: number)
        let pods = [
            CIDR(.v4(IPv4Address(rawValue: 0x1000_0000 + low << 8)), prefixLength: 24),
            CIDR(
                .v6(IPv6Address(high: 0xFD00 << 48 | UInt64(low) << 8, low: 0)), prefixLength: 64),
        ]
        return ClusterNode(
            name: "node-\(number)", networks: pods.compactMap(\.self),
            addresses: [
                .v4: .v4(IPv4Address(rawValue: 0x0A00_0001 + low)),
                .v6: .v6(IPv6Address(high: 0x2001_0DB8 << 32, low: UInt64(low) + 1)),
            ])
    }

    static let addresses = ["10.0.0.1/16", "2001:db8::1/64"]

    mutating func run(times: Int) throws {
        var first = Samples(of: "all nodes at once")
        var (again, change) = (
            Samples(of: "a new start that finds all right"),
            Samples(of: "a node that goes or comes")
        )
        var verify = Samples(of: "a look at everything")
        for _ in 0..<times {
            keeper = try RouteKeeper(settings)
            first.add(try update(peers))
            keeper = try RouteKeeper(settings)
            again.add(try update(peers))
            for _ in 0..<10 {
                change.add(try update(Array(peers.dropLast())))
                change.add(try update(peers))
            }
            verify.add(try measure { $0.verify(at: .now) })
            _ = try RouteKeeper.removeAll()
        }
        for samples in [first, again, change, verify] { print(samples) }
    }

    private mutating func update(_ peers: [ClusterNode]) throws -> Duration {
        let nodes = ClusterNodes(own: own, peers: peers)
        return try measure { $0.update(nodes, at: .now) }
    }

    private mutating func measure(
        _ body: (inout RouteKeeper) -> RouteOutcome
    ) throws -> Duration {
        let start = MonotonicTime.now
        let outcome = body(&keeper)
        let duration = MonotonicTime.now - start
        if let error = outcome.errors.values.first?.first { throw error }
        return duration
    }
}
