import Netlink
import Network

/// What a link is to have, before its number is known.
struct LinkSettings: Equatable, Sendable {
    var addresses: [InterfaceAddress] = []
    var routes: [Route] = []
    var neighbours: [Neighbour] = []

    /// In the place of the link's number until there is one.
    static let anyLink = LinkIndex(rawValue: 0)

    /// Gives it all to a link that is up.
    func requests(on link: LinkIndex) -> [Request] {
        addresses.map { address in
            var address = address
            address.link = link
            return .add(address)
        } + bound(to: link).map(Request.append)
            + neighbours.map { neighbour in
                var neighbour = neighbour
                neighbour.link = link
                return .replace(neighbour)
            }
    }

    /// The routes as the kernel will list them.
    func bound(to link: LinkIndex) -> [Route] {
        routes.map { route in
            var route = route
            for index in route.hops.indices { route.hops[index].link = link }
            return route
        }
    }

    /// Whether any of it is IPv6's.
    var hasIPv6: Bool { addresses.contains { $0.address.family == .v6 } }
}

extension LinkSettings {
    /// Adds an address that is usable at once: nobody else on the link could have it.
    mutating func add(
        _ address: CIDR, scope: RouteScope = .universe, flags: AddressFlags = [],
        isDetecting: Bool = false
    ) {
        var flags = flags
        if address.family == .v6, !isDetecting { flags.insert(.noDuplicateDetection) }
        addresses.append(
            InterfaceAddress(
                address, on: Self.anyLink, scope: scope, flags: flags,
                broadcast: address.broadcast))
    }

    /// Adds the link-local address that the kernel would make of the hardware address in seconds.
    mutating func addLinkLocal(_ own: IPv6Address, isDetecting: Bool = false) {
        guard let address = CIDR(.v6(own), prefixLength: 64) else { return }
        add(address, scope: .link, isDetecting: isDetecting)
    }

    /// Adds what a host on the link would answer if it were asked for its hardware address.
    ///
    /// Marked as told, for what the kernel takes for learned fills a table that all namespaces
    /// share, of 1024 entries (gc_thresh3): a few hundred pods at once, and ADD would fail.
    mutating func addNeighbour(_ address: IPAddress, at hardware: MACAddress) {
        neighbours.append(
            Neighbour(
                address, at: hardware, on: Self.anyLink, state: .reachable,
                flags: .externallyLearned))
    }
}
