import Network
import Synchronization

/// The counts of all threads, and what zones and servers they are of.
///
/// A zone and a server keep their counts when the configuration changes: counters never go back.
package final class AnswerBook: Sendable {
    private let state = Mutex(State())

    private struct State {
        /// The zones that have places of their own, behind the one for questions of no zone.
        var zones: [String] = []
        var points: [ListeningPoint: [SharedCounts]] = [:]
    }

    package init() {}
}

extension AnswerBook {
    /// The place of a zone's counts, the same for all threads.
    func place(of zone: DomainName) -> Int {
        let name = zone.description
        return state.withLock { state in
            if let index = state.zones.firstIndex(of: name) { return index + 1 }
            guard state.zones.count + 2 < CountPlace.zones else { return CountPlace.zones - 1 }
            state.zones.append(name)
            return state.zones.count
        }
    }

    /// Counts for so many threads that answer at a point.
    func counts(at point: ListeningPoint, threads: Int) -> [SharedCounts] {
        state.withLock { state in
            var counts = state.points[point] ?? []
            while counts.count < threads { counts.append(SharedCounts()) }
            state.points[point] = counts
            return Array(counts.prefix(threads))
        }
    }

    /// What was counted of one zone at one server.
    struct Entry: Hashable, Sendable {
        let server: String
        let zone: String
        let cells: [UInt64]
    }

    /// All that was counted, for servers and zones with questions, in one order.
    var entries: [Entry] {
        let state = state.withLock(\.self)
        var sums: [String: [[UInt64]]] = [:]
        for (point, counts) in state.points {
            let none = [[UInt64]](repeating: [], count: CountPlace.zones)
            var zones = sums[point.label] ?? none
            for zone in zones.indices {
                for shared in counts { zones[zone].add(shared.cells(of: zone)) }
            }
            sums[point.label] = zones
        }
        let names = ["dropped"] + state.zones
        return sums.sorted { $0.key < $1.key }.flatMap { server, zones in
            zones.indices.filter { zones[$0].contains { $0 > 0 } }.map { zone in
                Entry(
                    server: server, zone: zone < names.count ? names[zone] : "other",
                    cells: zones[zone])
            }
        }
    }
}

extension [UInt64] {
    fileprivate mutating func add(_ other: [UInt64]) {
        if isEmpty { self = other } else { for index in indices { self[index] &+= other[index] } }
    }
}

extension ListeningPoint {
    /// CoreDNS's label `server`, in which all addresses of both families have no name.
    package var label: String {
        let isEverywhere =
            address.address == .v4(.unspecified) || address.address == .v6(.unspecified)
        return isEverywhere ? "\(scheme.rawValue)://:\(address.port)" : description
    }
}
