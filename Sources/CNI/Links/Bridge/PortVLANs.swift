import Netlink

/// The VLANs that a pod's port of the bridge is in: `vlan` and `vlanTrunk`.
struct PortVLANs: Equatable, Sendable {
    /// What untagged packets of the pod are in; nil for the bridge's default.
    let own: UInt16?
    /// What the pod tags itself.
    let trunk: [ClosedRange<UInt16>]
    let keepsDefault: Bool

    private static let ids = 1...4094

    /// Nil where the port is in no VLAN of its own.
    init?(_ settings: Settings) throws(CNIError) {
        let own = try settings["vlan"].integer(in: 0...Self.ids.upperBound) ?? 0
        let elements = try settings["vlanTrunk"].elements() ?? []
        var trunk: [ClosedRange<UInt16>] = []
        for element in elements { trunk.append(try Self.range(element)) }
        keepsDefault = try settings.isOn("preserveDefaultVlan")
        if own == 0, trunk.isEmpty { return nil }
        self.own = own == 0 ? nil : UInt16(own)
        self.trunk = trunk
    }

    private static func range(_ setting: Setting) throws(CNIError) -> ClosedRange<UInt16> {
        guard let members = try setting.section() else {
            throw setting.wrong("must be {\"id\": 1} or {\"minID\": 1, \"maxID\": 2}")
        }
        let id = try members["id"].integer(in: ids)
        let minimum = try members["minID"].integer(in: ids)
        let maximum = try members["maxID"].integer(in: ids)
        switch (id, minimum, maximum) {
        case (let id?, nil, nil): return UInt16(id)...UInt16(id)
        case (nil, let minimum?, let maximum?) where minimum <= maximum:
            return UInt16(minimum)...UInt16(maximum)
        case (nil, .some, .some): throw setting.wrong("minID must not be above maxID")
        default: throw setting.wrong("must have id, or minID and maxID")
        }
    }
}

extension PortVLANs {
    /// What the bridge is told of the port.
    func requests(for port: LinkIndex) -> [Request] {
        let leaveDefault: [Request] =
            keepsDefault ? [] : [.delete([BridgeVLAN(1...4094)], of: port)]
        // Untagged packets of a trunk's port stay where they were: in VLAN 1.
        let untagged = BridgeVLAN(own ?? 1, isPortDefault: true, isUntagged: true)
        return leaveDefault + [.add([untagged] + trunk.map { BridgeVLAN($0) }, to: port)]
    }
}
