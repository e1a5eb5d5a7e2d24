import CMnl
package import Network

/// The settings of a VXLAN link: RFC 7348.
package struct VXLAN: Hashable, Sendable {
    /// The network identifier, of 24 bits.
    package var id: UInt32
    /// The source address of what is sent.
    package var local: IPAddress?
    /// Where packets go that no forwarding entry knows: another host, or a multicast group.
    package var remote: IPAddress?
    /// The link that carries it.
    package var lower: LinkIndex?
    package var port: Port
    /// Whether it learns addresses from what it receives.
    package var isLearning: Bool
    package var fragmentation: Fragmentation?
    package var timeToLive: UInt8?
    /// Whether UDP checksums are filled in; nil is the kernel's choice, which they are not for IPv4.
    package var checksum: Bool?

    /// Port 4789 is the assigned one; the kernel's own default is an older number.
    package static let assignedPort: Port = 4789

    package init(
        id: UInt32, local: IPAddress? = nil, remote: IPAddress? = nil, lower: LinkIndex? = nil,
        port: Port = assignedPort, isLearning: Bool = true, fragmentation: Fragmentation? = nil,
        timeToLive: UInt8? = nil, checksum: Bool? = nil
    ) {
        self.id = id
        self.local = local
        self.remote = remote
        self.lower = lower
        self.port = port
        self.isLearning = isLearning
        self.fragmentation = fragmentation
        self.timeToLive = timeToLive
        self.checksum = checksum
    }
}

extension VXLAN {
    /// How the outer IPv4 header's "don't fragment" bit is set.
    package enum Fragmentation: UInt8, Hashable, Sendable {
        case allowed
        case forbidden
        /// As in the packet that is carried.
        case inherited
    }
}

extension VXLAN {
    func write(to writer: inout MessageWriter) {
        writer.put(IFLA_VXLAN_ID, id)
        if let remote { writer.put(remote, v4: IFLA_VXLAN_GROUP, v6: IFLA_VXLAN_GROUP6) }
        if let local { writer.put(local, v4: IFLA_VXLAN_LOCAL, v6: IFLA_VXLAN_LOCAL6) }
        if let lower { writer.put(IFLA_VXLAN_LINK, lower.rawValue) }
        if let timeToLive { writer.put(IFLA_VXLAN_TTL, timeToLive) }
        if let fragmentation { writer.put(IFLA_VXLAN_DF, fragmentation.rawValue) }
        writer.put(IFLA_VXLAN_LEARNING, flag: isLearning)
        writer.put(IFLA_VXLAN_PORT, bigEndian: port.rawValue)
        if let checksum { writer.put(IFLA_VXLAN_UDP_CSUM, flag: checksum) }
    }

    init(_ attributes: consuming Attributes) throws(NetlinkError) {
        self.init(id: 0, isLearning: false)
        while let attribute = try attributes.next() {
            switch attribute.type {
            case IFLA_VXLAN_ID: id = try attribute.host()
            case IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6: remote = try attribute.address()
            case IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6: local = try attribute.address()
            case IFLA_VXLAN_LINK: lower = try LinkIndex(attribute)
            case IFLA_VXLAN_TTL: timeToLive = try attribute.host()
            case IFLA_VXLAN_DF: fragmentation = Fragmentation(rawValue: try attribute.host())
            case IFLA_VXLAN_LEARNING: isLearning = try attribute.flag()
            case IFLA_VXLAN_PORT: port = Port(try attribute.network())
            case IFLA_VXLAN_UDP_CSUM: checksum = try attribute.flag()
            default: break
            }
        }
    }
}

extension MessageWriter {
    /// Writes an address for which each family has an attribute of its own.
    fileprivate mutating func put(_ address: IPAddress, v4: Int, v6: Int) {
        put(address.family == .v4 ? v4 : v6, address)
    }
}
