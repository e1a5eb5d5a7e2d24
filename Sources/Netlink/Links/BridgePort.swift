import CMnl

/// How a bridge treats one of its ports; nil leaves what is set as it is.
package struct BridgePort: Hashable, Sendable {
    /// Whether a packet may leave through the port it came by.
    package var hairpin: Bool?
    /// Whether it exchanges packets with ports that are not isolated only.
    package var isIsolated: Bool?
    package var learns: Bool?
    /// Whether packets for addresses nobody has learnt leave through it.
    package var floodsUnicast: Bool?
    package var floodsMulticast: Bool?
    package var floodsBroadcast: Bool?
    /// Whether the bridge answers for neighbours it knows instead of asking through this port.
    package var suppressesNeighbours: Bool?

    package init(
        hairpin: Bool? = nil, isIsolated: Bool? = nil, learns: Bool? = nil,
        floodsUnicast: Bool? = nil, floodsMulticast: Bool? = nil, floodsBroadcast: Bool? = nil,
        suppressesNeighbours: Bool? = nil
    ) {
        self.hairpin = hairpin
        self.isIsolated = isIsolated
        self.learns = learns
        self.floodsUnicast = floodsUnicast
        self.floodsMulticast = floodsMulticast
        self.floodsBroadcast = floodsBroadcast
        self.suppressesNeighbours = suppressesNeighbours
    }
}

extension BridgePort {
    func write(to writer: inout MessageWriter) {
        if let hairpin { writer.put(IFLA_BRPORT_MODE, flag: hairpin) }
        if let isIsolated { writer.put(IFLA_BRPORT_ISOLATED, flag: isIsolated) }
        if let learns { writer.put(IFLA_BRPORT_LEARNING, flag: learns) }
        if let floodsUnicast { writer.put(IFLA_BRPORT_UNICAST_FLOOD, flag: floodsUnicast) }
        if let floodsMulticast { writer.put(IFLA_BRPORT_MCAST_FLOOD, flag: floodsMulticast) }
        if let floodsBroadcast { writer.put(IFLA_BRPORT_BCAST_FLOOD, flag: floodsBroadcast) }
        if let suppressesNeighbours {
            writer.put(IFLA_BRPORT_NEIGH_SUPPRESS, flag: suppressesNeighbours)
        }
    }

    init(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_BRPORT_MODE: hairpin = try attribute.flag()
            case IFLA_BRPORT_ISOLATED: isIsolated = try attribute.flag()
            case IFLA_BRPORT_LEARNING: learns = try attribute.flag()
            case IFLA_BRPORT_UNICAST_FLOOD: floodsUnicast = try attribute.flag()
            case IFLA_BRPORT_MCAST_FLOOD: floodsMulticast = try attribute.flag()
            case IFLA_BRPORT_BCAST_FLOOD: floodsBroadcast = try attribute.flag()
            case IFLA_BRPORT_NEIGH_SUPPRESS: suppressesNeighbours = try attribute.flag()
            default: break
            }
        }
    }
}
