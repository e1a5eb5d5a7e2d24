import CMnl
package import Network

/// A link as the kernel describes it.
package struct Link: Hashable, Sendable {
    package let index: LinkIndex
    package let flags: LinkFlags
    package private(set) var name = ""
    package private(set) var alternativeNames: [String] = []
    package private(set) var alias: String?
    /// The link-layer address, where it is an Ethernet one.
    package private(set) var address: MACAddress?
    package private(set) var mtu: UInt32 = 0
    package private(set) var state = OperationalState.unknown
    package private(set) var group = LinkGroup.none
    /// The bridge or other link that this one is a port of.
    package private(set) var master: LinkIndex?
    /// The other end of a pair, or the link below: its number in its own namespace.
    package private(set) var lower: LinkIndex?
    /// The other namespace that `lower` is in, by this one's number for it; nil when it is here.
    package private(set) var lowerNamespace: NamespaceID?
    package private(set) var kind: LinkKind?
    package private(set) var settings = Settings.none
    /// How its bridge treats it, when it is a bridge's port.
    package private(set) var port: BridgePort?
    /// How many users need every packet that passes.
    package private(set) var promiscuity: UInt32 = 0
    package private(set) var queueLength: UInt32 = 0
    package private(set) var statistics = LinkStatistics()
}

extension Link {
    /// The settings of the kinds of link this module knows.
    package enum Settings: Hashable, Sendable {
        case none
        case bridge(Bridge)
        case vlan(VLAN)
        case vxlan(VXLAN)
    }

    package var isUp: Bool { flags.contains(.up) }
}

extension Link: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWLINK, RTM_DELLINK].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(ifinfomsg.self)
        // A bridge tells about its ports in messages of its own family, which leave out the rest:
        // there "delete" means that the port left the bridge, not that the link is gone.
        guard header.ifi_family == anyFamily else { return nil }
        index = LinkIndex(header: header.ifi_index)
        flags = LinkFlags(rawValue: header.ifi_flags)
        var attributes = message.attributes(after: ifinfomsg.self)
        while let attribute = try attributes.next() {
            if try !readIdentity(attribute) { try readState(attribute) }
        }
    }

    /// Reads what tells the link from others; false for what is something else.
    private mutating func readIdentity(
        _ attribute: borrowing Attribute
    ) throws(NetlinkError) -> Bool {
        switch attribute.type {
        case IFLA_IFNAME: name = attribute.text()
        case IFLA_PROP_LIST: try readNames(attribute.nested)
        case IFLA_IFALIAS: alias = attribute.text()
        case IFLA_ADDRESS: address = attribute.macAddress
        case IFLA_GROUP: group = LinkGroup(rawValue: try attribute.host())
        case IFLA_MASTER: master = try LinkIndex(attribute)
        case IFLA_LINK: lower = try LinkIndex(attribute)
        case IFLA_LINK_NETNSID: lowerNamespace = NamespaceID(rawValue: try attribute.host())
        case IFLA_LINKINFO: try readKind(attribute.nested)
        default: return false
        }
        return true
    }

    private mutating func readState(_ attribute: borrowing Attribute) throws(NetlinkError) {
        switch attribute.type {
        case IFLA_MTU: mtu = try attribute.host()
        case IFLA_OPERSTATE: state = OperationalState(rawValue: try attribute.host())
        case IFLA_PROMISCUITY: promiscuity = try attribute.host()
        case IFLA_TXQLEN: queueLength = try attribute.host()
        case IFLA_STATS64: statistics = try LinkStatistics(attribute)
        default: break
        }
    }

    private mutating func readNames(
        _ attributes: consuming Attributes
    ) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            if attribute.type == IFLA_ALT_IFNAME { alternativeNames.append(attribute.text()) }
        }
    }

    private mutating func readKind(_ attributes: Attributes) throws(NetlinkError) {
        if let name = try attributes.first(IFLA_INFO_KIND)?.text() {
            kind = LinkKind(rawValue: name)
        }
        if let kind, let data = try attributes.first(IFLA_INFO_DATA) {
            settings = try Settings(data.nested, of: kind)
        }
        let master = try attributes.first(IFLA_INFO_SLAVE_KIND)?.text()
        if master == LinkKind.bridge.rawValue,
            let data = try attributes.first(IFLA_INFO_SLAVE_DATA)
        {
            port = try BridgePort(data.nested)
        }
    }
}

extension Link.Settings {
    fileprivate init(_ attributes: Attributes, of kind: LinkKind) throws(NetlinkError) {
        self =
            switch kind {
            case .bridge: .bridge(try Bridge(attributes))
            case .vlan: .vlan(try VLAN(attributes))
            case .vxlan: .vxlan(try VXLAN(attributes))
            default: .none
            }
    }
}
