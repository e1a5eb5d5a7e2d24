import Netlink
import Network

/// What the kernel holds for the pods of other nodes, or is to hold; tunnels themselves are not in it.
typealias NetworkState = [EntryKey: EntryValue]

/// Which route, neighbour or forwarding entry is meant; tunnels go by the family they run over.
enum EntryKey: Hashable, Sendable {
    case route(CIDR, metric: UInt32)
    case neighbour(IPAddress, tunnel: IPFamily)
    case forwarding(MACAddress, tunnel: IPFamily)
}

/// What a route, a neighbour or a forwarding entry says.
enum EntryValue: Hashable, Sendable {
    case direct(via: IPAddress, LinkIndex)
    case tunnelled(via: IPAddress, tunnel: IPFamily)
    case blackhole
    /// A route with our mark that we would not make so.
    case strange
    case neighbour(MACAddress)
    case remote(IPAddress)
}

extension EntryKey {
    /// The key of a route to pods of another node.
    static func route(_ network: CIDR) -> EntryKey {
        .route(network, metric: network.family.usualMetric)
    }

    /// The key of the route for those of our own networks' addresses that no pod has: whatever
    /// others say of the network, a bridge's own route to it included, counts more.
    static func blackhole(_ network: CIDR) -> EntryKey { .route(network, metric: .max) }

    /// The family whose failure it is when the kernel does not take it.
    var family: IPFamily {
        switch self {
        case .route(let network, _): network.family
        case .neighbour(let address, _): address.family
        case .forwarding(_, let tunnel): tunnel
        }
    }

    var isRoute: Bool { if case .route = self { true } else { false } }
}

extension IPFamily {
    /// The metric of a route that was given none (IP6_RT_PRIO_USER).
    fileprivate var usualMetric: UInt32 { self == .v4 ? 0 : 1024 }
}
