import JSON
import Network

/// The keys of bridge mode, which are those of the reference plugin.
struct BridgeSettings: Sendable {
    let name: InterfaceName
    let isGateway: Bool
    let isDefaultGateway: Bool
    let forcesAddress: Bool
    let hairpin: Bool
    let isPromiscuous: Bool
    let isIsolated: Bool
    let vlans: PortVLANs?
    let checksSource: Bool
    /// Whether addresses of IPv6 are used only once nobody else turned out to have them.
    let detectsDuplicates: Bool
    let leavesContainerDown: Bool

    init(_ network: NetworkConfiguration) throws(CNIError) {
        let settings = network.settings
        name = try Self.name(settings["bridge"])
        isDefaultGateway = try settings.isOn("isDefaultGateway")
        let isGateway = try settings.isOn("isGateway")
        self.isGateway = isGateway || isDefaultGateway
        forcesAddress = try settings.isOn("forceAddress")
        hairpin = try settings.isOn("hairpinMode")
        isPromiscuous = try settings.isOn("promiscMode")
        isIsolated = try settings.isOn("portIsolation")
        vlans = try PortVLANs(settings)
        checksSource = try settings.isOn("macspoofchk")
        detectsDuplicates = try settings.isOn("enabledad")
        leavesContainerDown = try settings.isOn("disableContainerInterface")
        if hairpin, isPromiscuous {
            throw settings["promiscMode"].wrong("must not be true together with hairpinMode")
        }
        let hasAddresses = try !settings.section("ipam").object.members.isEmpty
        if leavesContainerDown, hasAddresses {
            throw settings["disableContainerInterface"].wrong(
                "must not be true together with ipam: an interface that is down has no use for it")
        }
    }

    private static func name(_ setting: Setting) throws(CNIError) -> InterfaceName {
        let setting = setting.isPresent ? setting : Setting(.string("cni0"), at: setting.path)
        guard let name = try setting.parsed(as: InterfaceName.self) else {
            throw setting.wrong("must be the name of a link")
        }
        return name
    }
}

extension Settings {
    /// A key that is false unless it is set.
    func isOn(_ key: String) throws(CNIError) -> Bool { try self[key].flag() ?? false }
}
