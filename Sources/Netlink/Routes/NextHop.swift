import CMnl
package import Network

/// Where a route sends packets next.
package struct NextHop: Hashable, Sendable {
    package var link: LinkIndex?
    /// The router; of the other family than the route when the route is IPv4's.
    package var gateway: IPAddress?
    /// The share among several, 1 to 256.
    package var weight: UInt16
    package var flags: NextHopFlags

    package init(
        _ gateway: IPAddress? = nil, on link: LinkIndex? = nil, weight: UInt16 = 1,
        flags: NextHopFlags = []
    ) {
        self.link = link
        self.gateway = gateway
        self.weight = weight
        self.flags = flags
    }
}

/// What is asked of a next hop, and what the kernel found out about it.
package struct NextHopFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ flag: Int32) { rawValue = UInt8(truncatingIfNeeded: flag) }

    /// The gateway is on the link even if no address there says so.
    package static let onLink = NextHopFlags(RTNH_F_ONLINK)
    /// The link is down, or the gateway gone.
    package static let dead = NextHopFlags(RTNH_F_DEAD)
    package static let linkDown = NextHopFlags(RTNH_F_LINKDOWN)
}

extension NextHop {
    /// `rtnexthop` counts from zero what is one share.
    private var hops: UInt8 { UInt8(clamping: Int(weight) - 1) }

    /// Writes the attributes of the hop, for a route of that family.
    func writeGateway(to writer: inout MessageWriter, of family: IPFamily) {
        guard let gateway else { return }
        if gateway.family == family { return writer.put(RTA_GATEWAY, gateway) }
        let number = UInt16(gateway.family.number)
        switch gateway {
        case .v4(let address): writer.put(RTA_VIA, Via(family: number, octets: address.octets))
        case .v6(let address): writer.put(RTA_VIA, Via(family: number, octets: address.octets))
        }
    }

    /// Writes the hop as one of several: a header with its own length, then attributes.
    func writeEntry(to writer: inout MessageWriter, of family: IPFamily) {
        let entry = writer.beginEntry(
            rtnexthop(
                rtnh_len: 0, rtnh_flags: flags.rawValue, rtnh_hops: hops,
                rtnh_ifindex: link?.header ?? 0))
        writeGateway(to: &writer, of: family)
        writer.end(entry)
    }

    /// `rtvia`: a family number, then an address of that family.
    private struct Via<Octets: BitwiseCopyable>: BitwiseCopyable {
        let family: UInt16
        let octets: Octets
    }
}
