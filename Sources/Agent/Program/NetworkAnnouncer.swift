package import JSON
package import Platform
package import Support
import Synchronization

/// Tells the API server that a node has its network, on a thread of its own, for that may take long.
package final class NetworkAnnouncer: Sendable {
    package typealias Send = @Sendable (JSONValue) throws -> String?

    private let orders = Orders()
    private let thread: Thread
    private let last = Mutex<MonotonicTime?>(nil)

    private final class Orders: Sendable {
        let turn = Semaphore()
        let isOver = Flag()
    }

    /// What is not taken is sent again, but not at once.
    private static let pause = Duration.seconds(30)

    /// `send` takes a change of the node's status to the server, and answers what that has against it.
    package init(_ log: Log, send: @escaping Send) throws(PlatformError) {
        thread = try Thread { [orders] in
            while true {
                orders.turn.wait()
                if orders.isOver.isSet { return }
                Self.send(log, send)
            }
        }
    }

    deinit {
        orders.isOver.set()
        orders.turn.signal()
    }

    func announce(at now: MonotonicTime = .now) {
        let isDue = last.withLock { last in
            if let last, now - last < Self.pause { return false }
            last = now
            return true
        }
        if isDue { orders.turn.signal() }
    }

    private static func send(_ log: Log, _ send: Send) {
        do {
            guard let refusal = try send(NetworkCondition.patch(at: .now)) else {
                return log(.info, "told the cluster that this node has its network")
            }
            log(
                .warning, "the cluster does not take that this node has its network; see weft rbac",
                ["cause": refusal])
        } catch {
            log(
                .warning, "the cluster could not be told that this node has its network",
                ["cause": "\(error)"])
        }
    }
}
