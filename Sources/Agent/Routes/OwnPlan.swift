import Netlink
import Network

extension PeerPlanner {
    /// What this node needs for its own pods: addresses that none has lead nowhere, and not to a
    /// default route and back (R5).
    func ownEntries() -> NetworkState {
        guard settings.mode != .none else { return [:] }
        var entries: NetworkState = [:]
        for network in own.networks where settings.families.contains(network.family) {
            entries[.blackhole(network)] = .blackhole
        }
        return entries
    }

    /// The tunnels that this node is to have for these peers, by the family each runs over.
    func tunnels(_ plans: some Sequence<PeerPlan>) -> [IPFamily: TunnelPlan] {
        var links: [IPFamily: Set<LinkIndex>] = [:]
        for plan in plans {
            for (tunnel, link) in plan.tunnels {
                links[tunnel, default: []].formUnion([link].compactMap(\.self))
            }
        }
        if settings.mode == .vxlan {
            for tunnel in usualTunnels { links[tunnel, default: []] = links[tunnel] ?? [] }
        }
        var tunnels: [IPFamily: TunnelPlan] = [:]
        for (family, links) in links { tunnels[family] = tunnel(over: family, links) }
        return tunnels
    }

    /// The tunnels that a first peer would need: made before it comes, so that pods' packets have
    /// their size from the first pod on.
    private var usualTunnels: [IPFamily] {
        own.podFamilies(settings).compactMap { family in
            [family, family.other].first { isOwn(own.addresses[$0]) }
        }
    }

    private func isOwn(_ address: IPAddress?) -> Bool {
        address.flatMap { underlay.addresses[$0] } != nil
    }

    private func tunnel(over family: IPFamily, _ links: Set<LinkIndex>) -> TunnelPlan? {
        guard let local = own.addresses[family], let link = underlay.addresses[local] else {
            return nil
        }
        let carried = underlay.mtu(links.union([link])) ?? TunnelPlan.usualMTU
        return TunnelPlan(
            name: settings.device(family), id: settings.vxlanID, port: settings.vxlanPort,
            local: local, end: MACAddress(tunnelOf: own.name),
            mtu: settings.mtu == 0 ? TunnelPlan.inner(carried, family) : settings.mtu,
            addresses: own.podFamilies(settings).compactMap(own.ownTunnelAddress).map { CIDR($0) })
    }

    /// The size of pods' packets that pass every way to other nodes; nil as long as none is known.
    func podMTU(_ tunnels: some Sequence<TunnelPlan>, _ plans: some Sequence<PeerPlan>) -> UInt32? {
        if settings.mtu != 0 { return settings.mtu }
        let direct = plans.reduce(into: Set<LinkIndex>()) { $0.formUnion($1.directLinks) }
        let sizes = tunnels.map(\.mtu) + [underlay.mtu(direct)].compactMap(\.self)
        return sizes.min()
            ?? underlay.mtu(own.addresses.values.compactMap { underlay.addresses[$0] })
    }
}

extension ClusterNode {
    /// The families of its pods' addresses.
    func podFamilies(_ settings: RouteSettings) -> [IPFamily] {
        settings.families.sorted().filter { !networks(of: $0).isEmpty }
    }
}
