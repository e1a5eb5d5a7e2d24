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
    /// What the kernel has refused since it was asked last.
    var refused: Set<EntryKey> = []
    /// Whether the kernel was read and compared since the last doubt.
    var isCompared = false
    /// The addresses whose ways matter, in their order; nil when they must be gathered anew.
    var watched: [IPAddress]?
    private var retry = Retry()

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

    /// When to call `verify` again because something was refused; nil when nothing was.
    package var retryTime: MonotonicTime? { retry.time }

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
    ///
    /// Without a Node object of this node all stays as it is: that it is being made anew is likelier
    /// than that the cluster is gone.
    package mutating func update(_ nodes: ClusterNodes, at now: MonotonicTime) -> RouteOutcome {
        guard let own = nodes.own else {
            var outcome = RouteOutcome()
            outcome.findings = [RouteFinding("", .unknownNode)]
            return outcome
        }
        let isSame = own == self.own && isCompared
        let changes = NodeChanges(from: peers, to: nodes.peers)
        self.own = own
        peers = nodes.peers
        guard isSame else { return verify(at: now) }
        return changes.isEmpty ? report(RouteOutcome()) : adopt(changes, at: now)
    }

    /// Reads what the kernel holds and makes it right.
    package mutating func verify(at now: MonotonicTime) -> RouteOutcome {
        var outcome = RouteOutcome()
        guard let own else { return outcome }
        let before = kernel.requests
        isCompared = false
        watched = nil
        do throws(NetlinkError) {
            underlay = try kernel.underlay(of: own, to: peers)
            planAll(own)
            keepForwarding(own, &outcome)
            try compare(&outcome)
        } catch {
            for family in IPFamily.allCases { outcome.fail(family, AgentError(error)) }
        }
        outcome.requests = kernel.requests - before
        return finish(outcome, at: now)
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
        let failed = read(&outcome)
        conflicts = [:]
        refused = []
        let steps = Step.all(from: held, to: desired)
        apply(steps.filter { !failed.contains($0.key.family) }, &outcome)
        removeTunnels(links, &outcome)
        isCompared = true
    }

    /// Reads what the kernel holds; the answer is the families in which that failed (R8).
    private mutating func read(_ outcome: inout RouteOutcome) -> Set<IPFamily> {
        held = [:]
        var failed = Set<IPFamily>()
        for family in IPFamily.allCases {
            do throws(NetlinkError) {
                let entries = try kernel.entries(family, tunnels: tunnelLinks)
                held.merge(entries) { first, _ in first }
            } catch {
                outcome.fail(family, AgentError(error))
                failed.insert(family)
            }
        }
        return failed
    }

    /// Reports, and notes whether something is to be tried again.
    mutating func finish(_ outcome: RouteOutcome, at now: MonotonicTime) -> RouteOutcome {
        let hasTunnels = tunnelPlans.keys.allSatisfy { tunnelLinks[$0] != nil }
        let isSettled = isCompared && hasTunnels && refused.isEmpty && outcome.errors.isEmpty
        retry.note(failed: !isSettled, at: now)
        return report(outcome)
    }

    /// Adds to an outcome what is true beyond it.
    private func report(_ outcome: RouteOutcome) -> RouteOutcome {
        var outcome = outcome
        outcome.findings = peers.flatMap { plans[$0.name]?.findings ?? [] }
        outcome.conflicts = conflicts.values.sorted { $0.network < $1.network }
        return outcome
    }
}

extension AgentError {
    init(_ error: NetlinkError) { self.init(.network, "route to other nodes' pods", "\(error)") }
}
