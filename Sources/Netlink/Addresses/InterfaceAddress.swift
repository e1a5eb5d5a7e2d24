import CMnl
package import Network

/// An address that a link has, or is to have.
package struct InterfaceAddress: Hashable, Sendable {
    package var link: LinkIndex
    /// The address, and the length of the network it is in.
    package var address: CIDR
    /// The other end of a link of two; the network is the peer's then.
    package var peer: IPAddress?
    package var scope: RouteScope
    package var flags: AddressFlags
    package var broadcast: IPv4Address?
    package var label: AddressLabel?
    package var lifetime: AddressLifetime
    /// The metric of the route to the network; 0 is the kernel's choice.
    package var metric: UInt32
    package var origin: AddressOrigin

    package init(
        _ address: CIDR, on link: LinkIndex, peer: IPAddress? = nil,
        scope: RouteScope = .universe, flags: AddressFlags = [], broadcast: IPv4Address? = nil,
        label: AddressLabel? = nil, lifetime: AddressLifetime = .forever, metric: UInt32 = 0,
        origin: AddressOrigin = .unspecified
    ) {
        self.link = link
        self.address = address
        self.peer = peer
        self.scope = scope
        self.flags = flags
        self.broadcast = broadcast
        self.label = label
        self.lifetime = lifetime
        self.metric = metric
        self.origin = origin
    }
}

extension InterfaceAddress {
    func write(to writer: inout MessageWriter) {
        var header = ifaddrmsg()
        header.ifa_family = address.family.number
        header.ifa_prefixlen = address.prefixLength
        header.ifa_scope = scope.rawValue
        header.ifa_index = link.rawValue
        writer.putFixed(header)
        writer.put(IFA_LOCAL, address.address)
        writer.put(IFA_ADDRESS, peer ?? address.address)
        if !flags.isEmpty { writer.put(IFA_FLAGS, flags.rawValue) }
        if let broadcast { writer.put(IFA_BROADCAST, broadcast.octets) }
        if let label { writer.put(IFA_LABEL, string: label.description) }
        if lifetime != .forever { writer.put(IFA_CACHEINFO, lifetime.raw) }
        if metric != 0 { writer.put(IFA_RT_PRIORITY, metric) }
        if origin != .unspecified { writer.put(IFA_PROTO, origin.rawValue) }
    }
}

extension InterfaceAddress: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWADDR, RTM_DELADDR].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(ifaddrmsg.self)
        guard IPFamily(number: header.ifa_family) != nil else { return nil }
        let attributes = message.attributes(after: ifaddrmsg.self)
        // IPv4 has both always, IPv6 has a local one only when the two differ.
        let prefix = try attributes.first(IFA_ADDRESS)?.address()
        let local = try attributes.first(IFA_LOCAL)?.address()
        guard let own = local ?? prefix,
            let address = CIDR(own, prefixLength: header.ifa_prefixlen)
        else { throw NetlinkError(.malformed, "read address", text: "no address") }
        self.init(
            address, on: LinkIndex(rawValue: header.ifa_index),
            peer: prefix == own ? nil : prefix, scope: RouteScope(rawValue: header.ifa_scope),
            flags: AddressFlags(rawValue: UInt32(header.ifa_flags)))
        try read(attributes)
    }

    private mutating func read(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFA_FLAGS: flags = AddressFlags(rawValue: try attribute.host())
            case IFA_BROADCAST: broadcast = IPv4Address(octets: attribute.bytes)
            case IFA_LABEL: label = AddressLabel(kernel: attribute.text())
            case IFA_CACHEINFO: lifetime = try AddressLifetime(attribute)
            case IFA_RT_PRIORITY: metric = try attribute.host()
            case IFA_PROTO: origin = AddressOrigin(rawValue: try attribute.host())
            default: break
            }
        }
    }
}
