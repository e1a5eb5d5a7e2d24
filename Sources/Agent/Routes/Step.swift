import Netlink
import Network

/// One change of what the kernel holds.
struct Step: Hashable, Sendable {
    let key: EntryKey
    /// What is there now; nil for nothing.
    let held: EntryValue?
    /// What is to be there; nil for nothing.
    let desired: EntryValue?
}

extension Step {
    /// The steps from what is held to what is desired, in their order.
    static func all(from held: NetworkState, to desired: NetworkState) -> [Step] {
        steps(Set(held.keys).union(desired.keys), from: held, to: desired)
    }

    /// The steps for some keys, whatever the others are.
    static func steps(
        _ keys: some Sequence<EntryKey>, from held: NetworkState, to desired: NetworkState
    ) -> [Step] {
        let steps = keys.compactMap { key -> Step? in
            held[key] == desired[key] ? nil : Step(key: key, held: held[key], desired: desired[key])
        }
        // Stable, and the same for the same input.
        return steps.sorted { ($0.turn, $0.key) < ($1.turn, $1.key) }
    }

    /// A route goes before what it leads to and comes after it (R5).
    var turn: Int {
        switch (key, desired) {
        case (.route, nil): 0
        case (.neighbour, _?): 1
        case (.forwarding, _?): 2
        case (.route, _?): 3
        case (.neighbour, nil), (.forwarding, nil): 4
        }
    }
}

extension EntryKey: Comparable {
    static func < (left: EntryKey, right: EntryKey) -> Bool {
        switch (left, right) {
        case (.route(let one, let metric), .route(let other, let otherMetric)):
            (one, metric) < (other, otherMetric)
        case (.neighbour(let one, let tunnel), .neighbour(let other, let otherTunnel)):
            (tunnel, one) < (otherTunnel, other)
        case (.forwarding(let one, let tunnel), .forwarding(let other, let otherTunnel)):
            (tunnel, one) < (otherTunnel, other)
        case (.route, _), (.neighbour, .forwarding): true
        default: false
        }
    }
}
