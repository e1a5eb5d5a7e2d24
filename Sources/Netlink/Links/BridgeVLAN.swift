import CMnl

/// A VLAN, or several in a row, that a port of a bridge is in.
package struct BridgeVLAN: Hashable, Sendable {
    package var ids: ClosedRange<UInt16>
    /// Whether packets that come untagged are in it; of one VLAN at most.
    package var isPortDefault: Bool
    /// Whether its packets leave without a tag.
    package var isUntagged: Bool

    package init(
        _ ids: ClosedRange<UInt16>, isPortDefault: Bool = false, isUntagged: Bool = false
    ) {
        self.ids = ids
        self.isPortDefault = isPortDefault
        self.isUntagged = isUntagged
    }

    package init(_ id: UInt16, isPortDefault: Bool = false, isUntagged: Bool = false) {
        self.init(id...id, isPortDefault: isPortDefault, isUntagged: isUntagged)
    }
}

extension Request {
    /// Puts a port of a bridge into VLANs.
    package static func add(_ vlans: [BridgeVLAN], to port: LinkIndex) -> Request {
        change("add VLANs", vlans, port, type: RTM_SETLINK)
    }

    /// Takes a port of a bridge out of VLANs, whether or not it is in them.
    package static func delete(_ vlans: [BridgeVLAN], of port: LinkIndex) -> Request {
        change("delete VLANs", vlans, port, type: RTM_DELLINK)
    }

    private static func change(
        _ operation: String, _ vlans: [BridgeVLAN], _ port: LinkIndex, type: Int
    ) -> Request {
        Request(operation, "of \(port)", type: type) { writer in
            var header = ifinfomsg()
            header.ifi_family = UInt8(AF_BRIDGE)
            header.ifi_index = port.header
            writer.putFixed(header)
            writer.nest(IFLA_AF_SPEC) { writer in
                for vlan in vlans { vlan.write(to: &writer) }
            }
        }.needing(.bridgeVLANFiltering)
    }
}

extension BridgeVLAN {
    /// Several in a row are two attributes, one for each end.
    fileprivate func write(to writer: inout MessageWriter) {
        var flags = 0
        if isPortDefault { flags |= Int(BRIDGE_VLAN_INFO_PVID) }
        if isUntagged { flags |= Int(BRIDGE_VLAN_INFO_UNTAGGED) }
        if ids.lowerBound == ids.upperBound { return put(ids.lowerBound, flags, &writer) }
        put(ids.lowerBound, flags | Int(BRIDGE_VLAN_INFO_RANGE_BEGIN), &writer)
        put(ids.upperBound, flags | Int(BRIDGE_VLAN_INFO_RANGE_END), &writer)
    }

    private func put(_ id: UInt16, _ flags: Int, _ writer: inout MessageWriter) {
        writer.put(
            IFLA_BRIDGE_VLAN_INFO,
            bridge_vlan_info(flags: UInt16(truncatingIfNeeded: flags), vid: id))
    }
}
