package import Kubernetes
import Network
package import Platform
package import Support

/// Keeps the network of one node's pods as the cluster's nodes ask for, on the thread that runs it.
///
/// It works in the network namespace that it was made in. What it has made stays when it ends.
package struct NodeAgent: ~Copyable {
    enum Source: UInt64, Sendable {
        /// Links, addresses and routes of the kernel.
        case network
    }

    let state: AgentState
    let log: Log
    private let subscription: Subscription
    private var loop: EventLoop<Source>
    var parts: NodeParts
    /// The nodes as they were read last; nil before the first time.
    private var nodes: ClusterNodes?
    private var retry = Retry()
    private var verification: MonotonicTime?
    private var isAnnounced = false
    private let manager: ServiceManager
    private let announcer: NetworkAnnouncer?
    /// Whether the cluster says that this node has no network.
    private var isSaidUnavailable = false

    /// Signals end `run`; they must be blocked in every other thread.
    package init(
        _ configuration: AgentConfiguration, of store: ObjectStore, _ state: AgentState,
        signals: [Signal] = [], manager: ServiceManager = ServiceManager(),
        announcer: NetworkAnnouncer? = nil, _ log: Log
    ) throws {
        var loop = try EventLoop<Source>()
        if !signals.isEmpty { try loop.receive(signals) }
        let waker = loop.waker
        let parts = try NodeParts(configuration)
        try parts.routes?.withDescriptor { descriptor throws(PlatformError) in
            try loop.add(descriptor, .read, as: .network)
        }
        subscription = store.subscribe(to: Self.kinds) { waker.wake() }
        self.parts = parts
        self.loop = loop
        self.state = state
        self.manager = manager
        self.announcer = announcer
        self.log = log
    }

    /// What it must be told of.
    package static let kinds: Set<Kind> = [.node]

    /// Lets other threads end `run`.
    package var waker: Waker { loop.waker }

    /// How often all is compared with the kernel (R3), unless that takes long.
    private static var verificationInterval: Duration { .seconds(60) }
    /// So that comparing takes no more than a 2000th of a processor.
    private static var verificationRest: Int { 2000 }
    /// How long the parts on other threads are asked whether they are ready.
    private static var announcementInterval: Duration { .milliseconds(100) }
}

extension NodeAgent {
    /// Works until a signal comes, or `isStopped` is set and the loop is woken.
    package mutating func run(until isStopped: Flag = Flag()) throws {
        var events: [Event<Source>] = []
        synchronize()
        while !isStopped.isSet {
            announce()
            try loop.wait(into: &events, until: nextDeadline)
            for event in events {
                switch event {
                case .signal: return
                case .woken: synchronize()
                case .ready: readNetworkEvents()
                case .timer: break
                }
            }
            if isDue(retry.time) { apply(because: .nodes) }
            if isDue(parts.retryTime) { apply(because: .network) }
            if isDue(verification) {
                apply(because: .interval)
                announceNetwork()
            }
        }
    }

    /// Tells whoever started us, once, that pods can be started here.
    private mutating func announce() {
        guard !isAnnounced, state.unready.isEmpty else { return }
        isAnnounced = true
        log(.info, "ready", ["after": (MonotonicTime.now - state.start.monotonic).goText])
        // What all parts needed at once is not needed any more.
        Heap.giveBackAll()
        try? manager.tell(.ready, .status("keeps the network of node \(state.nodeName)'s pods"))
    }

    private func isDue(_ time: MonotonicTime?) -> Bool { time.map { $0 <= .now } ?? false }

    private var nextDeadline: MonotonicTime? {
        // Whoever waits long need not know to the tenth of a second.
        let age = MonotonicTime.now - state.start.monotonic
        let announcement =
            isAnnounced ? nil : MonotonicTime.now + max(Self.announcementInterval, age / 10)
        return [retry.time, parts.retryTime, verification, announcement].compactMap(\.self).min()
    }
}

extension NodeAgent {
    /// Takes in what has become of the nodes.
    private mutating func synchronize() {
        let look = subscription.look()
        guard look.snapshot[state: .node].isSynced else { return }
        let own = look.snapshot.nodes[ObjectKey(name: state.nodeName)]?.value
        isSaidUnavailable = own.map(NetworkCondition.isUnavailable) ?? false
        defer { announceNetwork() }
        if nodes != nil, !look.changes(of: Node.self).contains(where: \.isAboutPods) { return }
        let new = ClusterNodes(look.snapshot, own: state.nodeName)
        if new.findings != nodes?.findings ?? [] {
            for finding in new.findings { log(.warning, "\(finding)") }
        }
        nodes = new
        apply(because: .nodes)
    }

    private mutating func readNetworkEvents() {
        guard parts.routes?.readEvents() == true else { return }
        apply(because: .network)
    }

    /// Makes the node what it should be, as far as there is reason to look.
    private mutating func apply(because reason: NodeParts.Reason) {
        guard let nodes else { return }
        let start = MonotonicTime.now
        let isRight = parts.update(nodes, because: reason, AgentReporter(state, log))
        let end = MonotonicTime.now
        retry.note(failed: !isRight, at: end)
        if reason == .interval || verification == nil {
            let rest = (end - start) * Self.verificationRest
            verification = end + max(Self.verificationInterval, rest)
        }
    }
}

extension NodeAgent {
    /// R9: clouds keep pods away until somebody says that there is a network.
    private func announceNetwork() {
        guard isSaidUnavailable, !state.unready.contains(.routes), !state.unready.contains(.cni)
        else { return }
        announcer?.announce()
    }
}

extension Change<Node> {
    /// Whether it changes how pods are reached; heartbeats do not.
    fileprivate var isAboutPods: Bool {
        guard let before = before?.value, let now = now?.value else { return true }
        return before.spec.podCIDRs != now.spec.podCIDRs
            || before.status.addresses != now.status.addresses
            || before.metadata.creationTime != now.metadata.creationTime
    }
}
