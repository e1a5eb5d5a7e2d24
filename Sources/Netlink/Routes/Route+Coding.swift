import CMnl
import Network

extension Route {
    func write(to writer: inout MessageWriter) {
        writer.putFixed(header)
        if destination.prefixLength > 0 { writer.put(RTA_DST, destination.address) }
        if table.headerNumber == nil { writer.put(RTA_TABLE, table.rawValue) }
        if hops.count == 1 {
            hops[0].writeGateway(to: &writer, of: family)
            if let link = hops[0].link { writer.put(RTA_OIF, link.rawValue) }
        } else if !hops.isEmpty {
            writer.nest(RTA_MULTIPATH) { writer in
                for hop in hops { hop.writeEntry(to: &writer, of: family) }
            }
        }
        if let source { writer.put(RTA_PREFSRC, source) }
        if metric != 0 { writer.put(RTA_PRIORITY, metric) }
        metrics.write(to: &writer)
    }

    private var header: rtmsg {
        var header = rtmsg()
        header.rtm_family = family.number
        header.rtm_dst_len = destination.prefixLength
        header.rtm_table = table.headerNumber ?? 0
        header.rtm_protocol = origin.rawValue
        header.rtm_scope = scope.rawValue
        header.rtm_type = type.rawValue
        if hops.count == 1 { header.rtm_flags = UInt32(hops[0].flags.rawValue) }
        return header
    }
}

extension Route.Metrics {
    fileprivate func write(to writer: inout MessageWriter) {
        if self == Route.Metrics() { return }
        writer.nest(RTA_METRICS) { writer in
            if let mtu { writer.put(RTAX_MTU, mtu) }
            if let advertisedMSS { writer.put(RTAX_ADVMSS, advertisedMSS) }
        }
    }

    fileprivate init(_ attributes: consuming Attributes) throws(NetlinkError) {
        self.init()
        while let attribute = try attributes.next() {
            switch attribute.type {
            case RTAX_MTU: mtu = try attribute.host()
            case RTAX_ADVMSS: advertisedMSS = try attribute.host()
            default: break
            }
        }
    }
}

extension Route: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWROUTE, RTM_DELROUTE].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(rtmsg.self)
        guard let family = IPFamily(number: header.rtm_family) else { return nil }
        let attributes = message.attributes(after: rtmsg.self)
        let address = try attributes.first(RTA_DST)?.address() ?? family.unspecified
        guard address.family == family,
            let destination = CIDR(address, prefixLength: header.rtm_dst_len)
        else { throw NetlinkError(.malformed, "read route", text: "no such destination") }
        self.init(
            destination, [], type: RouteType(rawValue: header.rtm_type),
            table: RouteTable(rawValue: UInt32(header.rtm_table)),
            origin: RouteProtocol(rawValue: header.rtm_protocol),
            scope: RouteScope(rawValue: header.rtm_scope))
        try read(attributes)
        try readOnlyHop(attributes, flags: header.rtm_flags)
    }

    private mutating func read(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case RTA_TABLE: table = RouteTable(rawValue: try attribute.host())
            case RTA_PREFSRC: source = try attribute.address()
            case RTA_PRIORITY: metric = try attribute.host()
            case RTA_METRICS: metrics = try Metrics(attribute.nested)
            case RTA_MULTIPATH: hops = try NextHop.list(attribute)
            default: break
            }
        }
    }

    /// Reads a hop that is no list's but the route's own.
    private mutating func readOnlyHop(
        _ attributes: consuming Attributes, flags: UInt32
    ) throws(NetlinkError) {
        var hop = NextHop(flags: NextHopFlags(rawValue: UInt8(truncatingIfNeeded: flags)))
        while let attribute = try attributes.next() {
            if attribute.type == Int(RTA_OIF.rawValue) { hop.link = try LinkIndex(attribute) }
            if let gateway = try attribute.gateway() { hop.gateway = gateway }
        }
        if hops.isEmpty, hop.link != nil || hop.gateway != nil { hops = [hop] }
    }
}

extension IPFamily {
    /// The address of no host.
    fileprivate var unspecified: IPAddress {
        switch self {
        case .v4: .v4(.unspecified)
        case .v6: .v6(.unspecified)
        }
    }
}
