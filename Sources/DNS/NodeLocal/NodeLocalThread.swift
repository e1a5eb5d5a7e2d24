import Netlink
import Network
import Platform
import Synchronization

/// Compares the machine with what is wanted, whenever there is a reason to.
struct NodeLocalThread: ~Copyable, Sendable {
    var node: NodeLocal
    var loop: EventLoop<Source>
    var monitor: Monitor<RouteEvent>
    let wanted: Wanted
    let report: @Sendable (NodeLocalReport) -> Void
    /// What packets are led here for.
    private var leading: Set<NodeLocalPlan.Point>?
    private var lastFailure: DNSError?

    enum Source: UInt64, Sendable {
        case addresses
    }

    /// How often the rules are looked at.
    ///
    /// A watch on nftables would have the kernel tell of every endpoint of every service. Meanwhile
    /// queries go to the service's endpoints.
    private static let interval = Duration.seconds(5)

    init(
        node: consuming NodeLocal, loop: consuming EventLoop<Source>,
        monitor: consuming Monitor<RouteEvent>, wanted: Wanted,
        report: @escaping @Sendable (NodeLocalReport) -> Void
    ) {
        self.node = node
        self.loop = loop
        self.monitor = monitor
        self.wanted = wanted
        self.report = report
    }
}

extension NodeLocalThread {
    /// Goes on until the owner has no use for it.
    consuming func run() {
        var events: [Event<Source>] = []
        while true {
            // Without a loop it is the interval alone that ends the wait.
            do { try loop.wait(into: &events, until: .now + Self.interval) } catch {
                sleep(for: Self.interval)
            }
            let state = wanted.state.withLock(\.self)
            if state.isOver { break }
            let isRoutine = events.allSatisfy { if case .ready = $0 { true } else { false } }
            if !events.isEmpty, isRoutine, !wereTaken(state.addresses) { continue }
            verify(state)
        }
        do throws(DNSError) { try node.remove() } catch { report(.left(error)) }
    }

    /// Whether an address of ours is among those that went.
    private mutating func wereTaken(_ addresses: Set<IPAddress>) -> Bool {
        var taken = false
        while let events = try? monitor.next() {
            for event in events {
                switch event {
                case .address(.removed, let address):
                    if addresses.contains(address.address.address) { taken = true }
                case .overrun: taken = true
                default: break
                }
            }
        }
        return taken
    }

    private mutating func verify(_ state: Wanted.State) {
        do throws(DNSError) {
            var isChanged = try node.hold(state.addresses).changes > 0
            if let points = state.points, try node.untrack(points) { isChanged = true }
            if leading != state.points {
                leading = state.points
                report(.leading)
            } else if isChanged {
                report(.repaired)
            }
            lastFailure = nil
        } catch {
            if error != lastFailure { report(.failed(error)) }
            lastFailure = error
        }
    }
}
