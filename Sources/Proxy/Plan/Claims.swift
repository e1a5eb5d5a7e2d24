import Kubernetes
import Network

/// Which port has which destination: whoever was first keeps it.
struct Claims: Sendable {
    private var owners: [Destination: ServicePortName] = [:]
    /// Who else asked for a destination, in the order of asking.
    private var waiting: [Destination: [ServicePortName]] = [:]

    var conflictCount: Int { waiting.count }

    /// Whether the port has the destination now; otherwise it waits for it.
    mutating func claim(_ destination: Destination, for port: ServicePortName) -> Bool {
        let owner = owners[destination] ?? port
        owners[destination] = owner
        if owner == port {
            stopWaiting(for: destination, port)
            return true
        }
        if !(waiting[destination]?.contains(port) ?? false) {
            waiting[destination, default: []].append(port)
        }
        return false
    }

    /// Gives a destination back; the answer is who waits for it most.
    mutating func release(_ destination: Destination, by port: ServicePortName) -> ObjectKey? {
        guard owners[destination] == port else {
            stopWaiting(for: destination, port)
            return nil
        }
        owners[destination] = nil
        return waiting[destination]?.first?.service
    }

    private mutating func stopWaiting(for destination: Destination, _ port: ServicePortName) {
        waiting[destination]?.removeAll { $0 == port }
        if waiting[destination]?.isEmpty == true { waiting[destination] = nil }
    }

    func owner(of destination: Destination) -> ServicePortName? { owners[destination] }
}
