import Netlink
import Network
import Platform

extension PodPair {
    /// Tells everybody on the link whose hardware address the container's addresses lead to now.
    ///
    /// Not with a packet socket, whose end takes the kernel 16 ms. An announcement that is lost
    /// costs those who remember the address's last holder a moment, so nothing fails for it.
    func announce(
        on link: LinkIndex, _ pod: PodCall, _ namespace: borrowing NetworkNamespace
    ) {
        let addresses = containerSettings.addresses.map(\.address.address)
        _ = try? pod.inside.use(namespace) { (socket: inout RouteSocket) throws(NetlinkError) in
            announce4(addresses, on: link, &socket)
        }
        let others = addresses.filter { $0.family == .v6 && !$0.isLinkLocal && !detectsDuplicates }
        if others.isEmpty { return }
        try? namespace.inside { () throws(CNIError) in
            for case .v6(let address) in others { try? advertise(address, on: link) }
        }
    }

    /// Lets the kernel ask for the container's own addresses: a gratuitous ARP request.
    private func announce4(
        _ addresses: [IPAddress], on link: LinkIndex, _ socket: inout RouteSocket
    ) {
        let own = addresses.filter { $0.family == .v4 }.map { address in
            Neighbour(address, at: nil, on: link, state: [], flags: .use)
        }
        if own.isEmpty { return }
        // Failure is as for a packet that is lost.
        _ = try? socket.outcomes(of: own.map(Request.add) + own.map(Request.delete))
    }

    /// Sends an unsolicited neighbour advertisement to all nodes of the link.
    private func advertise(
        _ address: IPv6Address, on link: LinkIndex
    ) throws(PlatformError) {
        var options = SocketOptions()
        // What came over a router would be ignored: RFC 4861 section 7.1.2.
        options.hopLimit = 255
        let socket = try RawSocket(.v6, .icmpv6, options)
        let message = NeighbourAdvertisement(of: address, at: containerAddress).bytes
        _ = try socket.send(message.span, to: .v6(.allNodes), zone: link.rawValue)
    }
}

extension IPv6Address {
    /// ff02::1: RFC 4291 section 2.7.1.
    fileprivate static let allNodes = IPv6Address(high: 0xFF02 << 48, low: 1)
}
