package import Network

/// A route, as it is or is to be.
package struct Route: Hashable, Sendable {
    package var destination: CIDR
    package var type: RouteType
    package var table: RouteTable
    /// Who made it.
    package var origin: RouteProtocol
    package var scope: RouteScope
    /// Where packets go; several hops share them, and a blackhole has none.
    package var hops: [NextHop]
    /// The address that connections through it start from.
    package var source: IPAddress?
    /// Of several routes to one destination the lowest counts; IPv6 makes 1024 of 0.
    package var metric: UInt32
    package var metrics: Metrics

    /// What connections through a route are told; nil is the kernel's choice.
    package struct Metrics: Hashable, Sendable {
        package var mtu: UInt32?
        /// The segment size that TCP announces.
        package var advertisedMSS: UInt32?

        package init(mtu: UInt32? = nil, advertisedMSS: UInt32? = nil) {
            self.mtu = mtu
            self.advertisedMSS = advertisedMSS
        }
    }

    package init(
        _ destination: CIDR, _ hops: [NextHop], type: RouteType = .unicast,
        table: RouteTable = .main, origin: RouteProtocol = .static, scope: RouteScope? = nil,
        source: IPAddress? = nil, metric: UInt32 = 0, metrics: Metrics = Metrics()
    ) {
        self.destination = destination
        self.type = type
        self.table = table
        self.origin = origin
        self.scope = scope ?? .usual(of: type, hops, destination.family)
        self.hops = hops
        self.source = source
        self.metric = metric
        self.metrics = metrics
    }

    /// A route through a gateway, or to a network that is on a link itself.
    package init(
        _ destination: CIDR, via gateway: IPAddress? = nil, on link: LinkIndex? = nil,
        flags: NextHopFlags = [], table: RouteTable = .main, origin: RouteProtocol = .static,
        scope: RouteScope? = nil, source: IPAddress? = nil, metric: UInt32 = 0,
        metrics: Metrics = Metrics()
    ) {
        self.init(
            destination, [NextHop(gateway, on: link, flags: flags)], table: table, origin: origin,
            scope: scope, source: source, metric: metric, metrics: metrics)
    }

    package var family: IPFamily { destination.family }
}

extension RouteScope {
    /// The scope that fits a new route, by the rules of `ip route`; IPv6 knows only one.
    fileprivate static func usual(
        of type: RouteType, _ hops: [NextHop], _ family: IPFamily
    ) -> RouteScope {
        if family == .v6 { return .universe }
        switch type {
        case .local: return .host
        case .unicast, .broadcast, .multicast, .anycast:
            let isDirect = hops.count == 1 && hops[0].gateway == nil
            return isDirect ? .link : .universe
        default: return .universe
        }
    }
}

extension Route: CustomStringConvertible {
    /// The route in the words of `ip route`, for errors.
    package var description: String {
        var text = "\(destination)"
        if let hop = hops.first {
            if let gateway = hop.gateway { text += " via \(gateway)" }
            if let link = hop.link { text += " on \(link)" }
        }
        if hops.count > 1 { text += " and \(hops.count - 1) more" }
        return table == .main ? text : "\(text) in \(table)"
    }
}
