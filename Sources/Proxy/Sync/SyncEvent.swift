package import Kubernetes
package import NFTables
package import Network
package import Platform

/// What a proxy tells whoever keeps its health, its metrics and its log.
package enum SyncEvent: Sendable {
    /// There are changes that are not applied.
    case changed(at: MonotonicTime)
    /// Changes that are about to be applied in a family: those of services and of its slices.
    case taken(IPFamily, services: Int, slices: Int)
    /// Changes of a family are in the kernel.
    case applied(IPFamily, Applied)
    /// A family's changes are not in the kernel; they are tried again.
    case failed(IPFamily, NFTablesError, services: [ObjectKey])
    /// The kernel refuses one service, and has all others.
    case refused(IPFamily, ObjectKey, NFTablesError)
    /// What another proxy has left could not be removed, or not be looked for.
    case leftBehind(IPFamily, NFTablesError)
    /// Somebody else has changed the table, and it was put right.
    case repaired(IPFamily, elements: Int, duration: Duration)
    /// All that was listed is in the kernel for the first time.
    case ready(Duration)
    /// Something in an object is left out.
    case complaint(Complaint)
    /// Services that are told apart by their health, by their ports and the backends they have here.
    case healthChecks([ObjectKey: HealthCheck])
    /// Ports that have no backend on this node, where a policy asks for one.
    case withoutLocal(IPFamily, internally: Int, externally: Int)
    case node(NodeFacts)

    package struct Applied: Sendable {
        /// How many services were looked at, and how many there are.
        package var services: Int
        package var total: Int
        /// How many backends all of them have.
        package var backends: Int
        package var conflicts: Int
        package var refused: Int
        package var elements: Int
        package var commands: Int
        package var duration: Duration
        /// Whether all services were looked at.
        package var isFull: Bool
        /// What is noted on slices whose changes are in the kernel now.
        package var notes: [Annotations] = []
    }

    package struct HealthCheck: Hashable, Sendable {
        package var port: UInt16
        package var localEndpoints: Int
    }
}
