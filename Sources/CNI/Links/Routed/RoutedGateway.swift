import Netlink
import Network

/// Whom pods take for their router in routed mode.
enum RoutedGateway: Equatable, Sendable {
    /// The same address on the node's end of every link, which no network has.
    case linkLocal
    /// The gateway that IPAM tells, on the node's end of every link.
    case shared

    static let linkLocal4 = IPv4Address(169, 254, 1, 1)
    static let linkLocal6 = IPv6Address(high: 0xFE80 << 48, low: 1)

    init(_ setting: Setting) throws(CNIError) {
        switch try setting.string() {
        case nil, "link-local": self = .linkLocal
        case "shared": self = .shared
        default: throw setting.wrong("must be \"link-local\" or \"shared\"")
        }
    }
}

extension RoutedGateway {
    /// Makes of what IPAM says what the pod gets: addresses of their own, all routes by the gateway.
    func route(_ result: inout NetworkResult, defaultRoute: Bool) throws(CNIError) {
        for index in result.addresses.indices {
            let given = result.addresses[index]
            result.addresses[index].gateway = try gateway(for: given)
            result.addresses[index].address = CIDR(given.address.address)
        }
        let given = result
        // A family without address has no use for routes.
        result.routes.removeAll { given.gateway($0.destination.family) == nil }
        for index in result.routes.indices {
            result.routes[index].gateway = given.gateway(result.routes[index].destination.family)
        }
        if defaultRoute { result.addDefaultRoutes() }
    }

    private func gateway(for address: NetworkResult.Address) throws(CNIError) -> IPAddress {
        switch (self, address.address.family) {
        case (.linkLocal, .v4): return .v4(Self.linkLocal4)
        case (.linkLocal, .v6): return .v6(Self.linkLocal6)
        case (.shared, _):
            if let gateway = address.gateway { return gateway }
            throw CNIError(
                .invalidConfiguration, "gateway is \"shared\", and ipam names none",
                details: "give the range of \(address.address) a gateway, or leave out gateway")
        }
    }

    /// Says what the ends of the link get for a result that `route` made.
    func fill(_ pair: inout PodPair, _ result: NetworkResult) {
        for address in result.addresses { pair.addRouted(address) }
        for gateway in result.gateways {
            pair.containerSettings.addNeighbour(gateway, at: pair.hostAddress)
            // Of host scope: no source address for what the node sends to its pods.
            if gateway != .v6(Self.linkLocal6) {
                pair.hostSettings.add(
                    CIDR(gateway), scope: gateway.family == .v4 ? .host : .universe)
            }
        }
        pair.addLinkLocalAddresses()
        for route in result.routes {
            // On the link whatever the addresses there say.
            pair.containerSettings.routes.append(Route(route, via: nil, flags: .onLink))
        }
    }
}

extension PodPair {
    /// Adds a pod's address and the node's way to it.
    fileprivate mutating func addRouted(_ address: NetworkResult.Address) {
        containerSettings.add(address.address)
        hostSettings.routes.append(
            Route(address.address, on: LinkSettings.anyLink, origin: .weft))
        hostSettings.addNeighbour(address.address.address, at: containerAddress)
    }
}
