import Netlink
import Network
package import Platform

/// Keeps the kernel's ways to the pods of other nodes as the cluster's nodes ask for.
///
/// It belongs to the network namespace it is made in. What it has made stays when it ends; the next
/// one reads it back, and changes what is not right any more.
package struct RouteKeeper: ~Copyable {
    let settings: RouteSettings
    var kernel: RoutingKernel
    var monitor: Monitor<RouteEvent>
    /// The nodes as they were last told.
    var own: ClusterNode?
    var peers: [ClusterNode] = []
    var underlay = Underlay()
    var plans: [String: PeerPlan] = [:]
    var desired: NetworkState = [:]
    /// What the kernel holds, as far as is known.
    var held: NetworkState = [:]
    var tunnelPlans: [IPFamily: TunnelPlan] = [:]
    var tunnelLinks: [IPFamily: LinkIndex] = [:]
    var conflicts: [CIDR: RouteConflict] = [:]
    /// Whether the kernel was read and compared since the last doubt.
    var isCompared = false
    /// The addresses whose ways matter, in their order; nil when they must be gathered anew.
    var watched: [IPAddress]?

    /// Opens its sockets, and listens from then on.
    package init(_ settings: RouteSettings) throws(AgentError) {
        for family in IPFamily.allCases where InterfaceName(settings.device(family)) == nil {
            throw AgentError(
                .configuration, "name a tunnel \(settings.device(family))",
                "a link's name has 15 bytes at most, without slash and white space")
        }
        do {
            let monitor = try Self.watch()
            self.kernel = try RoutingKernel()
            self.monitor = monitor
            self.settings = settings
        } catch {
            throw AgentError(.network, "watch links and routes", "\(error)")
        }
    }

    private static func watch() throws(NetlinkError) -> Monitor<RouteEvent> {
        let monitor = try Monitor<RouteEvent>(
            .links, .addresses4, .addresses6, .routes4, .routes6)
        try monitor.reserveBuffer(eventRoom)
        return monitor
    }

    /// Room for events: the kernel counts about a kilobyte for each.
    private static let eventRoom = 4 << 20
}

extension RouteKeeper {
    /// Whether pods can be started: their networks are known and the ways to others are there.
    package var isReady: Bool {
        guard let own, !own.networks.isEmpty else { return false }
        return isCompared && tunnelPlans.keys.allSatisfy { tunnelLinks[$0] != nil }
    }

    /// The size of packets that pass every way to other nodes; nil as long as that is unknown (R7).
    package var podMTU: UInt32? {
        planner?.podMTU(tunnelPlans.values, plans.values)
    }

    /// Where encapsulated packets come in and go out.
    package var tunnels: [TunnelEndpoint] {
        tunnelPlans.values.map(\.endpoint).sorted { $0.family < $1.family }
    }

    /// What an event loop waits on, to call `readEvents`.
    package func withDescriptor<Value, Failure: Error>(
        _ body: (borrowing Descriptor) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(monitor.socket.socket.descriptor)
    }

    var planner: PeerPlanner? {
        own.map { PeerPlanner(settings: settings, own: $0, underlay: underlay) }
    }
}

extension RouteKeeper {
    /// Takes the nodes as they are now; what has changed is all that is looked at.
    package mutating func update(_ nodes: ClusterNodes, at time: MonotonicTime = .now)
        -> RouteOutcome
    {
        guard let own = nodes.own else {
            var outcome = RouteOutcome()
            outcome.findings = [RouteFinding("", .unknownNode)]
            return outcome
        }
        let isSame = own == self.own && isCompared
        let previous = peers
        self.own = own
        peers = nodes.peers
        guard isSame else { return verify() }
        let changed = NodeChanges(from: previous, to: peers)
        return changed.isEmpty ? report(RouteOutcome()) : adopt(changed)
    }

    /// Reads what the kernel holds and makes it right.
    package mutating func verify() -> RouteOutcome {
        var outcome = RouteOutcome()
        guard let own else { return outcome }
        let before = kernel.requests
        do throws(NetlinkError) {
            isCompared = false
            watched = nil
            underlay = try kernel.underlay(of: own, to: peers)
            planAll(own)
            keepForwarding(own, &outcome)
            try compare(&outcome)
        } catch {
            for family in IPFamily.allCases { outcome.fail(family, AgentError(error)) }
        }
        outcome.requests = kernel.requests - before
        return report(outcome)
    }

    private mutating func planAll(_ own: ClusterNode) {
        let planner = PeerPlanner(settings: settings, own: own, underlay: underlay)
        plans = [:]
        desired = planner.ownEntries()
        for peer in peers {
            let plan = planner.plan(peer)
            plans[peer.name] = plan
            desired.merge(plan.entries) { _, last in last }
        }
        tunnelPlans = planner.tunnels(plans.values)
    }

    private func keepForwarding(_ own: ClusterNode, _ outcome: inout RouteOutcome) {
        guard settings.mode != .none else { return }
        let links = underlay.links.values.map(\.name)
        for family in own.podFamilies(settings) {
            outcome.keep(KernelSetting.forwarding(family, by: links), family)
        }
    }

    /// Makes the tunnels, then everything that leads through them, then removes tunnels of before.
    private mutating func compare(_ outcome: inout RouteOutcome) throws(NetlinkError) {
        let links = try kernel.list(.links(kind: .vxlan))
        keepTunnels(links, &outcome)
        held = [:]
        var isComplete = true
        for family in IPFamily.allCases {
            do throws(NetlinkError) {
                let entries = try kernel.entries(family, tunnels: tunnelLinks)
                held.merge(entries) { first, _ in first }
            } catch {
                outcome.fail(family, AgentError(error))
                isComplete = false
            }
        }
        let failed = Set(outcome.errors.keys)
        conflicts = [:]
        apply(
            Step.all(from: held, to: desired).filter {
                isComplete || !failed.contains($0.key.family)
            },
            &outcome)
        removeTunnels(links, &outcome)
        isCompared = true
    }

    /// Adds to an outcome what is true beyond it.
    func report(_ outcome: RouteOutcome) -> RouteOutcome {
        var outcome = outcome
        outcome.findings = peers.flatMap { plans[$0.name]?.findings ?? [] }
        outcome.conflicts = conflicts.values.sorted { $0.network < $1.network }
        return outcome
    }
}

extension AgentError {
    init(_ error: NetlinkError) { self.init(.network, "route to other nodes' pods", "\(error)") }
}
