import Netlink
import Network
import Platform
import Synchronization

/// Keeps what a node's own server needs of its machine for as long as it is kept, on a thread of its
/// own, and takes it back in the end.
package struct NodeLocalKeeper: ~Copyable {
    private let wanted: Wanted
    private let waker: Waker
    private let thread: Thread
    private let report: @Sendable (NodeLocalReport) -> Void

    /// Adds the addresses, at which a server can listen on return; no packets are led there yet.
    package init(
        _ plan: NodeLocalPlan, report: @escaping @Sendable (NodeLocalReport) -> Void
    ) throws {
        let loop = try EventLoop<NodeLocalThread.Source>()
        let wanted = Wanted(plan.addresses)
        let monitor = try Monitor<RouteEvent>(.addresses4, .addresses6)
        var node = try NodeLocal.open()
        if try !node.hold(plan.addresses).isOwnLink { report(.usesLoopback) }
        try loop.add(monitor.socket.socket.descriptor, .read, as: .addresses)
        let waker = loop.waker
        let work = NodeLocalThread(
            node: node, loop: loop, monitor: monitor, wanted: wanted, report: report)
        thread = try Thread(owning: work) { $0.run() }
        (self.wanted, self.waker, self.report) = (wanted, waker, report)
    }

    deinit {
        wanted.state.withLock { $0.isOver = true }
        waker.wake()
    }
}

extension NodeLocalKeeper {
    /// Adds what another plan has more in addresses, before it is served.
    package borrowing func prepare(_ plan: NodeLocalPlan) throws(DNSError) {
        let all = wanted.state.withLock {
            $0.addresses.formUnion(plan.addresses)
            return $0.addresses
        }
        var node = try NodeLocal.open()
        _ = try node.hold(all)
    }

    /// Leads packets to a server that listens now.
    package borrowing func serve(_ plan: NodeLocalPlan) {
        wanted.state.withLock { ($0.addresses, $0.points) = (plan.addresses, plan.points) }
        waker.wake()
    }

    /// Takes everything back, and waits for that.
    package consuming func stop() {}
}

/// What the owner wants the thread to see to.
final class Wanted: Sendable {
    struct State {
        var addresses: Set<IPAddress>
        /// Nil as long as nobody listens.
        var points: Set<NodeLocalPlan.Point>?
        var isOver = false
    }

    let state: Mutex<State>

    init(_ addresses: Set<IPAddress>) { state = Mutex(State(addresses: addresses)) }
}

extension NodeLocalKeeper {
    /// Removes what a server that was killed has left.
    package static func cleanUp() throws(DNSError) {
        var node = try NodeLocal.open()
        try node.remove()
    }
}
