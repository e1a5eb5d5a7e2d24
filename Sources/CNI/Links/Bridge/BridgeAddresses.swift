import Netlink
import Network
import Platform

/// The gateways' addresses on the bridge, or on the link that stands for one of its VLANs.
struct BridgeAddresses: Sendable {
    let wanted: [CIDR]
    /// Whether other addresses in the way are removed instead of refused.
    let forces: Bool

    init(_ result: NetworkResult, forces: Bool) {
        var wanted: [CIDR] = []
        for address in result.addresses {
            guard let gateway = address.gateway,
                let own = CIDR(gateway, prefixLength: address.address.prefixLength),
                !wanted.contains(own)
            else { continue }
            wanted.append(own)
        }
        self.wanted = wanted
        self.forces = forces
    }

    var families: Set<IPFamily> { Set(wanted.map(\.family)) }

    /// Gives a link those that it has not, and what IPv6 needs beside them.
    func ensure(
        on link: LinkIndex, _ name: InterfaceName, at address: MACAddress,
        _ socket: inout RouteSocket
    ) throws(CNIError) {
        let present = try reporting { () throws(NetlinkError) in
            try socket.list(.addresses(nil, on: link))
        }
        let missing = wanted.filter { wanted in !present.contains { $0.address == wanted } }
        if missing.isEmpty { return }
        let obstacles = present.filter { isInTheWay($0.address) }
        if let first = obstacles.first, !forces {
            throw CNIError(
                .invalidConfiguration, "\(name) has the address \(first.address) already",
                details: "it was to get \(missing[0]): remove the other one, or set forceAddress")
        }
        if missing.contains(where: { $0.family == .v6 }) { try IPv6Switch.turnOn(name) }
        try reporting { () throws(NetlinkError) in
            try socket.run(obstacles.map(Request.delete))
            let requests = settings(missing, at: address).requests(on: link)
            for failure in try socket.outcomes(of: requests)
            where failure.map({ $0.errno != .exists }) ?? false {
                if let failure { throw failure }
            }
            // Pinned, for it may be that of a port so far.
            try socket.run(.change(.index(link), .address(address)))
        }
    }

    /// One address of IPv4, and of IPv6 one in each network (the reference's rule).
    private func isInTheWay(_ present: CIDR) -> Bool {
        if wanted.contains(present) { return false }
        return wanted.contains {
            $0.family == present.family && (present.family == .v4 || $0.overlaps(present))
        }
    }

    private func settings(_ missing: [CIDR], at address: MACAddress) -> LinkSettings {
        var settings = LinkSettings()
        for gateway in missing { settings.add(gateway) }
        // Without it the node cannot ask for neighbours until the kernel made one, in seconds.
        if settings.hasIPv6 { settings.addLinkLocal(address.linkLocalAddress) }
        return settings
    }
}
