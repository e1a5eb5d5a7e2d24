import CMnl
package import Network

/// An entry of a bridge's or VXLAN's forwarding database: where packets for an address go.
package struct ForwardingEntry: Hashable, Sendable {
    package var address: MACAddress
    /// The port packets leave by, or the VXLAN link itself.
    package var link: LinkIndex
    /// The host behind a VXLAN that has the address.
    package var remote: IPAddress?
    /// The remote's port and network, where they are not the VXLAN's own.
    package var port: Port?
    package var network: UInt32?
    package var vlan: UInt16?
    package var state: NeighbourState
    package var flags: NeighbourFlags
    /// The bridge whose entry it is, as the kernel tells.
    package private(set) var bridge: LinkIndex?

    package init(
        _ address: MACAddress, on link: LinkIndex, remote: IPAddress? = nil, port: Port? = nil,
        network: UInt32? = nil, vlan: UInt16? = nil, state: NeighbourState = .permanent,
        flags: NeighbourFlags = .own
    ) {
        self.address = address
        self.link = link
        self.remote = remote
        self.port = port
        self.network = network
        self.vlan = vlan
        self.state = state
        self.flags = flags
    }
}

extension ForwardingEntry: CustomStringConvertible {
    package var description: String { "\(address) on \(link)" }
}

extension ForwardingEntry {
    func write(to writer: inout MessageWriter) {
        var header = ndmsg()
        header.ndm_family = Self.family
        header.ndm_ifindex = link.header
        header.ndm_state = state.rawValue
        header.ndm_flags = flags.rawValue
        writer.putFixed(header)
        writer.put(NDA_LLADDR, address)
        if let remote { writer.put(NDA_DST, remote) }
        if let vlan { writer.put(NDA_VLAN, vlan) }
        if let port { writer.put(NDA_PORT, bigEndian: port.rawValue) }
        if let network { writer.put(NDA_VNI, network) }
    }

    static let family = UInt8(AF_BRIDGE)
}

extension ForwardingEntry: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWNEIGH, RTM_DELNEIGH].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(ndmsg.self)
        guard header.ndm_family == Self.family else { return nil }
        let attributes = message.attributes(after: ndmsg.self)
        guard let address = try attributes.first(NDA_LLADDR)?.macAddress else { return nil }
        self.init(
            address, on: LinkIndex(header: header.ndm_ifindex),
            state: NeighbourState(rawValue: header.ndm_state),
            flags: NeighbourFlags(rawValue: header.ndm_flags))
        try read(attributes)
    }

    private mutating func read(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case NDA_DST: remote = try attribute.address()
            case NDA_VLAN: vlan = try attribute.host()
            case NDA_PORT: port = Port(try attribute.network())
            case NDA_VNI: network = try attribute.host()
            case NDA_MASTER: bridge = try LinkIndex(attribute)
            default: break
            }
        }
    }
}
