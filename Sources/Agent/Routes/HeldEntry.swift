import Netlink
import Network

/// Something of ours that the kernel holds, as a key and a value; what is not ours is none.
struct HeldEntry: Hashable, Sendable {
    let key: EntryKey
    let value: EntryValue
}

extension HeldEntry {
    /// A route that carries our mark, and is no pod's own.
    ///
    /// Routes to pods of this node have the mark too: `weft-cni` makes them. They lead to a link and
    /// have no gateway; those between nodes have one, or lead nowhere.
    init?(_ route: Route, tunnels: [IPFamily: LinkIndex]) {
        guard route.origin == .weft, route.table == .main else { return nil }
        key = .route(route.destination, metric: route.metric)
        if route.type == .blackhole {
            value = .blackhole
            return
        }
        guard route.type != .unicast || route.hops.contains(where: { $0.gateway != nil }) else {
            return nil
        }
        value = EntryValue(route, tunnels)
    }

    /// An entry for good of one of our tunnels; what the kernel notes for itself is none.
    init?(_ neighbour: Neighbour, tunnel: IPFamily) {
        guard neighbour.state.contains(.permanent), let end = neighbour.linkAddress else {
            return nil
        }
        key = .neighbour(neighbour.address, tunnel: tunnel)
        value = .neighbour(end)
    }

    init?(_ entry: ForwardingEntry, tunnel: IPFamily) {
        guard let remote = entry.remote else { return nil }
        key = .forwarding(entry.address, tunnel: tunnel)
        value = .remote(remote)
    }
}

extension EntryValue {
    fileprivate init(_ route: Route, _ tunnels: [IPFamily: LinkIndex]) {
        self = .strange
        guard route.type == .unicast, route.hops.count == 1, route.source == nil,
            let gateway = route.hops[0].gateway, let link = route.hops[0].link
        else { return }
        if let tunnel = tunnels.first(where: { $0.value == link })?.key {
            self = .tunnelled(via: gateway, tunnel: tunnel)
        } else if !route.hops[0].flags.contains(.onLink) {
            self = .direct(via: gateway, link)
        }
    }
}
