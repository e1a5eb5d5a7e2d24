import Netlink
import Network

extension Step {
    /// The request to the kernel; nil when it is about a tunnel that there is none of.
    func request(_ tunnels: [IPFamily: LinkIndex]) -> Request? {
        switch key {
        case .route(let network, let metric):
            routeRequest(network, metric, tunnels)
        case .neighbour(let address, let tunnel):
            tunnels[tunnel].flatMap { neighbourRequest(address, on: $0) }
        case .forwarding(let end, let tunnel):
            tunnels[tunnel].flatMap { forwardingRequest(end, on: $0) }
        }
    }

    private func routeRequest(
        _ network: CIDR, _ metric: UInt32, _ tunnels: [IPFamily: LinkIndex]
    ) -> Request? {
        guard let desired else {
            return held?.route(to: network, metric, tunnels).map { .delete($0) }
        }
        guard let route = desired.route(to: network, metric, tunnels) else { return nil }
        // A route that is not ours must not be replaced, so ours alone ever is.
        return held == nil ? .add(route) : .replace(route)
    }

    private func neighbourRequest(_ address: IPAddress, on link: LinkIndex) -> Request? {
        guard case .neighbour(let end)? = desired else {
            return .delete(Neighbour(address, at: nil, on: link, origin: .weft))
        }
        return .replace(Neighbour(address, at: end, on: link, origin: .weft))
    }

    private func forwardingRequest(_ end: MACAddress, on link: LinkIndex) -> Request? {
        if case .remote(let remote)? = desired {
            return .replace(ForwardingEntry(end, on: link, remote: remote))
        }
        guard case .remote(let remote)? = held else { return nil }
        return .delete(ForwardingEntry(end, on: link, remote: remote))
    }
}

extension EntryValue {
    /// The route as the kernel is asked for it.
    fileprivate func route(
        to network: CIDR, _ metric: UInt32, _ tunnels: [IPFamily: LinkIndex]
    ) -> Route? {
        switch self {
        case .direct(let gateway, let link):
            return Route(network, via: gateway, on: link, origin: .weft, metric: metric)
        case .tunnelled(let gateway, let tunnel):
            guard let link = tunnels[tunnel] else { return nil }
            let flags: NextHopFlags = gateway.isLinkLocal ? [] : .onLink
            return Route(
                network, via: gateway, on: link, flags: flags, origin: .weft, metric: metric)
        case .blackhole:
            return Route(network, [], type: .blackhole, origin: .weft, metric: metric)
        case .strange:
            return Route(
                network, [], type: .unspecified, origin: .weft, scope: .nowhere, metric: metric)
        case .neighbour, .remote: return nil
        }
    }
}
