import Network

/// The reference plugin `ptp`: a link between node and pod, the gateway on each node's end.
package struct PointToPointPart: PluginPart {
    private let keys: LinkKeys

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        keys = try LinkKeys(configuration)
    }

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        try result.requireAddresses(for: "ptp")
        for address in result.addresses where address.gateway == nil {
            throw CNIError(
                .invalidConfiguration, "ptp needs a gateway, and ipam names none",
                details: "give the range of \(address.address) a gateway")
        }
        try keys.connect(pod, &result) { pair, result in pair.fillPointToPoint(result) }
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let own = result.own(pod)
        try keys.check(pod, own) { pair in pair.fillPointToPoint(own) }
    }

    package func status() throws(CNIError) { try LinkStatus.check() }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        try LinkRemoval.remove(pod, configuration)
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        try LinkRemoval.collectGarbage(of: configuration, keeping: valid)
    }
}
