import Netlink
import Network

extension PodPair {
    /// Says what the ends get: addresses with their networks, all of which the gateway leads to.
    mutating func fillPointToPoint(_ result: NetworkResult) {
        for address in result.addresses {
            containerSettings.add(address.address, flags: .noPrefixRoute)
            hostSettings.addNeighbour(address.address.address, at: containerAddress)
            hostSettings.routes.append(
                Route(
                    CIDR(address.address.address), on: LinkSettings.anyLink, origin: .weft,
                    scope: address.address.family == .v4 ? .host : nil))
            guard let gateway = address.gateway else { continue }
            addWay(to: gateway, for: address.address)
        }
        for gateway in result.gateways {
            hostSettings.add(CIDR(gateway))
            containerSettings.addNeighbour(gateway, at: hostAddress)
        }
        addLinkLocalAddresses()
        containerSettings.routes += result.routes.map {
            Route($0, via: result.gateway($0.destination.family))
        }
    }

    /// Adds the routes from one of the pod's addresses to its gateway, and by it to its network.
    private mutating func addWay(to gateway: IPAddress, for address: CIDR) {
        let link = LinkSettings.anyLink
        let direct = Route(
            CIDR(gateway), on: link, origin: .weft, source: address.address)
        if !containerSettings.routes.contains(where: { $0.destination == direct.destination }) {
            containerSettings.routes.append(direct)
        }
        // A network of one address is the pod itself.
        if address.prefixLength == address.family.bitWidth { return }
        containerSettings.routes.append(
            Route(
                address.network, via: gateway, on: link, origin: .weft, source: address.address))
    }
}
