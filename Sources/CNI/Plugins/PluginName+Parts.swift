import JSON

extension PluginName {
    /// Whether it makes the container's interface, and so must be the first of a chain.
    var makesInterface: Bool {
        switch self {
        case .main, .bridge, .pointToPoint: true
        case .addresses, .hostPorts, .weftBandwidth, .hostLocal, .portmap, .bandwidth, .loopback:
            false
        }
    }

    /// Whether it works on what the plugins before it made, and has nothing to do without them.
    var isChained: Bool {
        switch self {
        case .hostPorts, .weftBandwidth, .portmap, .bandwidth: true
        case .main, .addresses, .bridge, .pointToPoint, .hostLocal, .loopback: false
        }
    }

    /// What the plugin does, in the order of ADD.
    func parts(_ network: NetworkConfiguration) throws(CNIError) -> [any PluginPart.Type] {
        switch self {
        case .main:
            // Masquerading comes before the link, which has no room for the subnet when routed.
            try addressing(network) + [MasqueradePart.self, try LinkMode(network).part]
                + [HostPortPart.self, BandwidthPart.self]
        case .addresses, .hostLocal: [AddressPart.self]
        case .weftBandwidth, .bandwidth: [BandwidthPart.self]
        case .hostPorts, .portmap: [HostPortPart.self]
        case .bridge: try addressing(network) + [BridgePart.self, MasqueradePart.self]
        case .pointToPoint:
            try addressing(network) + [PointToPointPart.self, MasqueradePart.self]
        case .loopback: [LoopbackPart.self]
        }
    }

    /// What DEL and GC remove, in the order of ADD: whatever the configuration may have said then.
    func removableParts(_ network: NetworkConfiguration) -> [any PluginPart.Type] {
        switch self {
        case .main:
            // A bridge's ports are removed as routed links are, and then some. Links go after what
            // is in nftables: see RulesetConnection.
            removableAddressing(network) + [
                BridgePart.self, MasqueradePart.self, HostPortPart.self, BandwidthPart.self,
            ]
        case .addresses, .hostLocal: [AddressPart.self]
        case .weftBandwidth, .bandwidth: [BandwidthPart.self]
        case .hostPorts, .portmap: [HostPortPart.self]
        case .bridge: removableAddressing(network) + [BridgePart.self, MasqueradePart.self]
        case .pointToPoint:
            removableAddressing(network) + [PointToPointPart.self, MasqueradePart.self]
        case .loopback: [LoopbackPart.self]
        }
    }

    /// Leases of ours are looked for even where the configuration names another plugin by now.
    private func removableAddressing(_ network: NetworkConfiguration) -> [any PluginPart.Type] {
        let configured = (try? addressing(network)) ?? []
        let isForeign = configured.contains { $0 == DelegatedAddressPart.self }
        return isForeign ? [AddressPart.self, DelegatedAddressPart.self] : [AddressPart.self]
    }

    /// Who gives out addresses: we ourselves, a program of another suite, or nobody (C32, C33).
    private func addressing(
        _ network: NetworkConfiguration
    ) throws(CNIError) -> [any PluginPart.Type] {
        let ipam = try network.settings.section("ipam")
        guard !ipam.object.members.isEmpty else { return [] }
        guard let type = try ipam["type"].string() else {
            guard self == .main else {
                throw ipam["type"].wrong("must name the plugin that gives out addresses")
            }
            return [AddressPart.self]
        }
        return switch PluginName(rawValue: type) {
        case .addresses, .hostLocal: [AddressPart.self]
        default: [DelegatedAddressPart.self]
        }
    }
}

/// How the main plugin connects a pod to its node.
enum LinkMode: String, CaseIterable {
    case routed
    case bridge

    init(_ network: NetworkConfiguration) throws(CNIError) {
        let setting = network.settings["mode"]
        guard let name = try setting.string() else {
            self = .routed
            return
        }
        guard let mode = LinkMode(rawValue: name) else {
            throw setting.wrong("must be \"routed\" or \"bridge\"")
        }
        self = mode
    }

    var part: any PluginPart.Type {
        switch self {
        case .routed: RoutedPart.self
        case .bridge: BridgePart.self
        }
    }
}
