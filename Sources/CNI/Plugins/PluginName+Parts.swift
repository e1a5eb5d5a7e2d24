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
        case .addresses, .hostLocal: return [AddressPart.self]
        case .weftBandwidth, .bandwidth: return [BandwidthPart.self]
        case .main, .bridge, .pointToPoint, .hostPorts, .portmap, .loopback:
            throw CNIError(
                .notAvailable, "\(rawValue) is not available yet",
                details: "this build of weft-cni answers VERSION only")
        }
    }

    /// What DEL and GC remove, in the order of ADD: whatever the configuration may have said then.
    func removableParts(_ network: NetworkConfiguration) -> [any PluginPart.Type] {
        switch self {
        case .addresses, .hostLocal: [AddressPart.self]
        case .weftBandwidth, .bandwidth: [BandwidthPart.self]
        case .main, .bridge, .pointToPoint, .hostPorts, .portmap, .loopback: []
        }
    }
}
