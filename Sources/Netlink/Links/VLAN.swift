import CMnl

/// The settings of a VLAN link: IEEE 802.1Q.
package struct VLAN: Hashable, Sendable {
    /// The identifier, of 12 bits.
    package var id: UInt16

    package init(id: UInt16) { self.id = id }
}

extension VLAN {
    func write(to writer: inout MessageWriter) { writer.put(IFLA_VLAN_ID, id) }

    init(_ attributes: consuming Attributes) throws(NetlinkError) {
        id = try attributes.first(IFLA_VLAN_ID)?.host() ?? 0
    }
}
