import Netlink
import Network

/// What one node needs in the kernel of another, that its pods are reached.
struct PeerPlan: Equatable, Sendable {
    var entries: NetworkState = [:]
    var findings: [RouteFinding] = []
    /// Links that lead to pods without a tunnel.
    var directLinks: Set<LinkIndex> = []
    /// The tunnels it is reached through, each by the family it runs over, and the link below.
    var tunnels: [IPFamily: LinkIndex?] = [:]
}

/// Plans what other nodes need, one by one; the same for the same nodes and the same underlay.
struct PeerPlanner: Sendable {
    let settings: RouteSettings
    let own: ClusterNode
    let underlay: Underlay

    private enum Choice {
        case direct(IPAddress, LinkIndex)
        case tunnel(IPFamily, IPAddress)
        case none(RouteFinding.Problem)
    }
}

extension PeerPlanner {
    func plan(_ peer: ClusterNode) -> PeerPlan {
        var plan = PeerPlan()
        guard settings.mode != .none else { return plan }
        if peer.networks.isEmpty { plan.findings.append(RouteFinding(peer.name, .noNetwork)) }
        for family in settings.families.sorted() {
            let networks = peer.networks(of: family).filter { isApart($0, peer, &plan) }
            if networks.isEmpty { continue }
            switch choice(peer, family) {
            case .direct(let address, let link):
                plan.directLinks.insert(link)
                for network in networks {
                    plan.entries[.route(network)] = .direct(via: address, link)
                }
            case .tunnel(let tunnel, let remote):
                plan.lead(networks, to: peer, through: tunnel, remote, family)
                plan.tunnels[tunnel] = underlay.way(to: remote).link
            case .none(let problem): plan.findings.append(RouteFinding(peer.name, problem))
            }
        }
        return plan
    }

    /// Whether packets between the nodes stay out of the route to a network of pods.
    private func isApart(_ network: CIDR, _ peer: ClusterNode, _ plan: inout PeerPlan) -> Bool {
        let family = network.family
        for address in [own.addresses[family], peer.addresses[family]].compactMap(\.self)
        where network.contains(address) {
            plan.findings.append(RouteFinding(peer.name, .containsNode(network, address)))
            return false
        }
        return true
    }

    private func choice(_ peer: ClusterNode, _ family: IPFamily) -> Choice {
        if settings.mode != .vxlan, let address = peer.addresses[family],
            case .onLink(let link) = underlay.way(to: address), underlay.hasNeighbours(link)
        {
            return .direct(address, link)
        }
        if settings.mode == .direct { return .none(whyNotDirect(peer, family)) }
        guard own.ownTunnelAddress(family) != nil else { return .none(.noOwnNetwork(family)) }
        return tunnel(peer, family)
    }

    private func whyNotDirect(_ peer: ClusterNode, _ family: IPFamily) -> RouteFinding.Problem {
        guard let address = peer.addresses[family] else { return .noAddress(family) }
        return underlay.way(to: address) == .unreachable
            ? .unreachable(address) : .notOnLink(address)
    }

    /// Over the pods' own family if both nodes have addresses of it, else over the other (R8).
    private func tunnel(_ peer: ClusterNode, _ family: IPFamily) -> Choice {
        var problem = RouteFinding.Problem.noAddress(family)
        for tunnel in [family, family.other] {
            guard let local = own.addresses[tunnel], let remote = peer.addresses[tunnel] else {
                continue
            }
            guard underlay.addresses[local] != nil else {
                problem = .foreignAddress(local)
                continue
            }
            // Told apart from a router between only while there is a way.
            if settings.mode == .auto, underlay.way(to: remote) == .unreachable {
                problem = .unreachable(remote)
                continue
            }
            return .tunnel(tunnel, remote)
        }
        return .none(problem)
    }
}

extension PeerPlan {
    fileprivate mutating func lead(
        _ networks: [CIDR], to peer: ClusterNode, through tunnel: IPFamily, _ remote: IPAddress,
        _ family: IPFamily
    ) {
        guard let gateway = peer.tunnelAddress(family) else { return }
        let end = MACAddress(tunnelOf: peer.name)
        entries[.forwarding(end, tunnel: tunnel)] = .remote(remote)
        entries[.neighbour(gateway, tunnel: tunnel)] = .neighbour(end)
        for network in networks {
            entries[.route(network)] = .tunnelled(via: gateway, tunnel: tunnel)
        }
    }
}

extension IPFamily {
    var other: IPFamily { self == .v4 ? .v6 : .v4 }
}
