import Netlink
import Network

extension RouteKeeper {
    /// Reads what has changed in the kernel; true when it may be something that `verify` must mend.
    package mutating func readEvents() -> Bool {
        var isDoubtful = false
        var ours = OwnEvents()
        do throws(NetlinkError) {
            while let events = try monitor.next() {
                for event in events where isDoubt(event, &ours) { isDoubtful = true }
            }
        } catch {
            isDoubtful = true
        }
        return isDoubtful || isDoubt(ours)
    }

    /// What is told of our own routes and tunnels.
    ///
    /// Our own changes come back too, several of one thing at times: its last state counts.
    private struct OwnEvents {
        var entries: [EntryKey: EntryValue?] = [:]
        var tunnels: [LinkIndex: Link?] = [:]
    }

    private mutating func isDoubt(_ event: RouteEvent, _ ours: inout OwnEvents) -> Bool {
        switch event {
        case .overrun: return true
        case .link(let change, let link):
            guard tunnelPlans.values.contains(where: { $0.name == link.name }) else {
                return isDoubt(change, link)
            }
            ours.tunnels[link.index] = .some(change == .set ? link : nil)
        case .address(let change, let address): return isDoubt(change, address)
        case .route(let change, let route):
            guard let entry = HeldEntry(route, tunnels: tunnelLinks) else {
                return isDoubt(route)
            }
            ours.entries[entry.key] = .some(change == .set ? entry.value : nil)
        case .rule, .neighbour, .forwardingEntry: break
        }
        return false
    }

    /// Whether something of ours is other than it was made.
    private func isDoubt(_ ours: OwnEvents) -> Bool {
        ours.entries.contains { held[$0.key] != $0.value }
            || ours.tunnels.contains { index, link in
                let tunnel = tunnelLinks.first { $0.value == index }?.key
                guard let link else { return tunnel != nil }
                guard let tunnel, let plan = tunnelPlans[tunnel] else { return true }
                return plan.repair(link) != .nothing
            }
    }

    /// A link below that carries something else now, or one that takes routes with it.
    ///
    /// Of IPv4 routes that go with their link the kernel tells nothing.
    private func isDoubt(_ change: RouteEvent.Change, _ link: Link) -> Bool {
        if !conflicts.isEmpty, change == .removed || !link.isUp { return true }
        guard let known = underlay.links[link.index] else { return false }
        return change == .removed || known != Underlay.Carrier(link)
    }

    private mutating func isDoubt(
        _ change: RouteEvent.Change, _ address: InterfaceAddress
    ) -> Bool {
        let own = address.address.address
        if let plan = tunnelLinks.first(where: { $0.value == address.link })?.key {
            let isWanted = tunnelPlans[plan]?.addresses.contains(address.address) == true
            return isWanted != (change == .set)
        }
        if change == .set, underlay.addresses[own] == address.link { return false }
        return self.own?.addresses.values.contains(own) == true
            || leadsToPeers(address.address.network)
    }

    /// A route of somebody else: it may be the way to a node now, or to pods.
    private mutating func isDoubt(_ route: Route) -> Bool {
        guard route.table != .local else { return false }
        return desired[.route(route.destination)] != nil || leadsToPeers(route.destination)
    }

    /// Whether an address of another node is in a network.
    private mutating func leadsToPeers(_ network: CIDR) -> Bool {
        let watched = watched ?? peers.flatMap(\.addresses.values).sorted()
        self.watched = watched
        let index = watched.partitioningIndex { $0 >= network.first }
        return index < watched.count && network.contains(watched[index])
    }
}

extension [IPAddress] {
    /// The first place from which on a condition holds, where it holds for all that follow.
    fileprivate func partitioningIndex(_ holds: (IPAddress) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
