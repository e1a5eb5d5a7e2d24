/// Leads ports of the node to a pod (`portMappings`).
package struct HostPortPart: PluginPart {
    private let mappings: [PortMapping]
    private let settings: HostPortSettings

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        mappings = try PortMapping.list(configuration.runtime)
        settings = try HostPortSettings(configuration.settings)
    }
}

extension HostPortPart {
    /// The maps whose elements are of this part.
    private static let kinds: [PodMap.Kind] = [.hostPorts, .addressedPorts, .portClients, .itself]

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        let plan = try plan(for: pod, result)
        guard !plan.ports.isEmpty else { return }
        try install(plan, for: pod)
        if settings.replacesSources { try LoopbackRouting.allow(to: plan.ports) }
        try HostPortFlows.forgetStale(plan.ports)
    }

    private func install(_ plan: HostPortPlan, for pod: PodCall) throws(CNIError) {
        let owner = pod.attachment.owner
        var session = try TableSession(for: pod)
        try session.refuseOverlaps(of: plan.ports, owner: owner)
        try session.install(plan.elements, of: owner) { obstacle throws(CNIError) in
            guard let port = HostPort(obstacle) else { return }
            throw CNIError(taken: port, by: obstacle)
        }
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let plan = try plan(for: pod, result)
        var session = try TableSession()
        try session.check(plan.elements, of: pod.attachment.owner)
    }

    package func status() throws(CNIError) { try TableSession.probe() }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        let owner = pod.attachment.owner
        try remove(in: TableSession(for: pod)) { $0 == owner }
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        let owners = LostOwners(of: configuration.name, keeping: valid)
        try remove(in: TableSession(), where: owners.contains)
    }

    private static func remove(
        in session: consuming TableSession, where isMeant: (String) -> Bool
    ) throws(CNIError) {
        let removed = try session.remove(kinds, where: isMeant)
        // Flows time out; a DEL that fails keeps the plugins before this one from cleaning (C41).
        try? HostPortFlows.forget(removed.compactMap(HostPort.init))
    }

    private func plan(for pod: PodCall, _ result: NetworkResult) throws(CNIError) -> HostPortPlan {
        if mappings.isEmpty { return try HostPortPlan([], to: [], settings) }
        let addresses = result.addresses(of: pod)
        if addresses.isEmpty {
            throw CNIError(
                .invalidConfiguration, "no address for runtimeConfig.portMappings to lead to",
                details: "the result has none for \(pod.attachment.interface) of the container")
        }
        return try HostPortPlan(mappings, to: addresses, settings)
    }
}
