import CMnl

/// What a link is and does, as its header tells.
package struct LinkFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ flag: net_device_flags) { rawValue = flag.rawValue }

    /// Switched on by its owner.
    package static let up = LinkFlags(IFF_UP)
    package static let broadcast = LinkFlags(IFF_BROADCAST)
    package static let loopback = LinkFlags(IFF_LOOPBACK)
    package static let pointToPoint = LinkFlags(IFF_POINTOPOINT)
    /// Operational, as the kernel's own users see it.
    package static let running = LinkFlags(IFF_RUNNING)
    package static let noARP = LinkFlags(IFF_NOARP)
    package static let promiscuous = LinkFlags(IFF_PROMISC)
    package static let multicast = LinkFlags(IFF_MULTICAST)
    /// The other end is there (carrier).
    package static let lowerUp = LinkFlags(IFF_LOWER_UP)
}

/// Whether packets can pass, by RFC 2863; unknown is what links without a notion of it say.
package struct OperationalState: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ state: Int) { rawValue = UInt8(truncatingIfNeeded: state) }

    package static let unknown = OperationalState(IF_OPER_UNKNOWN)
    package static let notPresent = OperationalState(IF_OPER_NOTPRESENT)
    package static let down = OperationalState(IF_OPER_DOWN)
    package static let lowerLayerDown = OperationalState(IF_OPER_LOWERLAYERDOWN)
    package static let testing = OperationalState(IF_OPER_TESTING)
    package static let dormant = OperationalState(IF_OPER_DORMANT)
    package static let up = OperationalState(IF_OPER_UP)
}
