import CMnl

/// The settings of a bridge; nil leaves the kernel's choice, or what is set, as it is.
package struct Bridge: Hashable, Sendable {
    package var filtersVLANs: Bool?
    /// The VLAN of untagged packets on a new port; 0 for none.
    package var defaultVLAN: UInt16?
    package var spanningTree: Bool?
    /// How long a learnt address is remembered without being heard.
    package var ageing: Duration?
    package var forwardDelay: Duration?
    package var priority: UInt16?
    package var multicastSnooping: Bool?

    package init(
        filtersVLANs: Bool? = nil, defaultVLAN: UInt16? = nil, spanningTree: Bool? = nil,
        ageing: Duration? = nil, forwardDelay: Duration? = nil, priority: UInt16? = nil,
        multicastSnooping: Bool? = nil
    ) {
        self.filtersVLANs = filtersVLANs
        self.defaultVLAN = defaultVLAN
        self.spanningTree = spanningTree
        self.ageing = ageing
        self.forwardDelay = forwardDelay
        self.priority = priority
        self.multicastSnooping = multicastSnooping
    }
}

extension Bridge {
    var needsVLANs: Bool { filtersVLANs != nil || defaultVLAN != nil }

    func write(to writer: inout MessageWriter) {
        if let filtersVLANs { writer.put(IFLA_BR_VLAN_FILTERING, flag: filtersVLANs) }
        if let defaultVLAN { writer.put(IFLA_BR_VLAN_DEFAULT_PVID, defaultVLAN) }
        // A number, because a daemon may run the protocol instead of the kernel.
        if let spanningTree { writer.put(IFLA_BR_STP_STATE, UInt32(spanningTree ? 1 : 0)) }
        if let ageing { writer.put(IFLA_BR_AGEING_TIME, ageing.clockTicks) }
        if let forwardDelay { writer.put(IFLA_BR_FORWARD_DELAY, forwardDelay.clockTicks) }
        if let priority { writer.put(IFLA_BR_PRIORITY, priority) }
        if let multicastSnooping { writer.put(IFLA_BR_MCAST_SNOOPING, flag: multicastSnooping) }
    }

    init(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_BR_VLAN_FILTERING: filtersVLANs = try attribute.flag()
            case IFLA_BR_VLAN_DEFAULT_PVID: defaultVLAN = try attribute.host()
            case IFLA_BR_STP_STATE: spanningTree = try attribute.host(UInt32.self) != 0
            case IFLA_BR_AGEING_TIME: ageing = Duration(clockTicks: try attribute.host())
            case IFLA_BR_FORWARD_DELAY: forwardDelay = Duration(clockTicks: try attribute.host())
            case IFLA_BR_PRIORITY: priority = try attribute.host()
            case IFLA_BR_MCAST_SNOOPING: multicastSnooping = try attribute.flag()
            default: break
            }
        }
    }
}

extension Duration {
    /// USER_HZ: the clock that the kernel shows to programs ticks this often a second.
    private static let ticksPerSecond: Int64 = 100
    private static let attosecondsPerTick: Int64 = 1_000_000_000_000_000_000 / ticksPerSecond

    fileprivate var clockTicks: UInt32 {
        let (seconds, attoseconds) = components
        let (ticks, overflow) = seconds.multipliedReportingOverflow(by: Self.ticksPerSecond)
        return overflow ? .max : UInt32(clamping: ticks + attoseconds / Self.attosecondsPerTick)
    }

    fileprivate init(clockTicks: UInt32) {
        self = .milliseconds(Int64(clockTicks) * 1000 / Self.ticksPerSecond)
    }
}
