import CMnl
package import Network

/// A host on a link: its IP address and its link-layer address.
package struct Neighbour: Hashable, Sendable {
    package var link: LinkIndex
    package var address: IPAddress
    /// Unknown until it answered, and for proxies.
    package var linkAddress: MACAddress?
    package var state: NeighbourState
    package var flags: NeighbourFlags
    /// Who made it.
    package var origin: RouteProtocol

    package init(
        _ address: IPAddress, at linkAddress: MACAddress?, on link: LinkIndex,
        state: NeighbourState = .permanent, flags: NeighbourFlags = [],
        origin: RouteProtocol = .unspecified
    ) {
        self.link = link
        self.address = address
        self.linkAddress = linkAddress
        self.state = state
        self.flags = flags
        self.origin = origin
    }

    /// An address that this host answers for on a link.
    package static func proxy(_ address: IPAddress, on link: LinkIndex) -> Neighbour {
        Neighbour(address, at: nil, on: link, flags: .proxy)
    }
}

extension Neighbour: CustomStringConvertible {
    package var description: String { "\(address) on \(link)" }
}

extension Neighbour {
    func write(to writer: inout MessageWriter) {
        var header = ndmsg()
        header.ndm_family = address.family.number
        header.ndm_ifindex = link.header
        header.ndm_state = state.rawValue
        header.ndm_flags = flags.rawValue
        writer.putFixed(header)
        writer.put(NDA_DST, address)
        if let linkAddress { writer.put(NDA_LLADDR, linkAddress) }
        if origin != .unspecified { writer.put(NDA_PROTOCOL, origin.rawValue) }
    }
}

extension Neighbour: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWNEIGH, RTM_DELNEIGH].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(ndmsg.self)
        guard let family = IPFamily(number: header.ndm_family) else { return nil }
        var attributes = message.attributes(after: ndmsg.self)
        guard let address = try attributes.first(NDA_DST)?.address(), address.family == family
        else { throw NetlinkError(.malformed, "read neighbour", text: "no address") }
        self.init(
            address, at: nil, on: LinkIndex(header: header.ndm_ifindex),
            state: NeighbourState(rawValue: header.ndm_state),
            flags: NeighbourFlags(rawValue: header.ndm_flags))
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NDA_LLADDR: linkAddress = attribute.macAddress
            case NDA_PROTOCOL: origin = RouteProtocol(rawValue: try attribute.host())
            default: break
            }
        }
    }
}
