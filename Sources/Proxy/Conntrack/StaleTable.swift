package import Netlink
import Network

/// Decides which tracked connections are stale, for any number of targets at the cost of two.
package struct StaleTable: Sendable {
    private var backends: [StaleCheck.Target: StaleCheck.Backends] = [:]

    package init(_ checks: some Sequence<StaleCheck> = EmptyCollection<StaleCheck>()) {
        for check in checks { add(check) }
    }
}

extension StaleTable {
    package var isEmpty: Bool { backends.isEmpty }

    package var targets: some Collection<StaleCheck.Target> { backends.keys }

    package var checks: some Sequence<StaleCheck> { backends.lazy.map { StaleCheck($0, $1) } }

    /// Takes a check in; of two about the same target the later counts.
    package mutating func add(_ check: StaleCheck) {
        backends[check.target, default: check.backends].merge(check.backends)
    }

    /// Whether a connection leads where it would not be led any more (S82).
    ///
    /// Its answers come from where it leads: from the very address it was sent to if nobody translates
    /// it, which is what befell those that came before the first backend.
    package func isStale(_ entry: ConntrackEntry) -> Bool {
        guard let backends = finding(for: entry.original), let port = entry.reply.sourcePort
        else { return false }
        return backends.isStale(leadingTo: AddressAndPort(entry.reply.source, port))
    }

    /// Whether there is a check about what a connection was addressed to.
    package func covers(_ entry: ConntrackEntry) -> Bool { finding(for: entry.original) != nil }

    /// A service's address counts before a node port of the same number, as in the rules.
    private func finding(for tuple: ConntrackTuple) -> StaleCheck.Backends? {
        guard let transport = TransportProtocol(tuple.transport), let port = tuple.destinationPort
        else { return nil }
        let end = AddressAndPort(tuple.destination, port)
        return backends[StaleCheck.Target(transport, end)]
            ?? backends[StaleCheck.Target(transport, nodePort: port, tuple.family)]
    }
}
