import NFTables
import Network

/// Gives packets that leave the pods' subnet the node's address (`ipMasq`).
package struct MasqueradePart: PluginPart {
    private let isWanted: Bool
    /// Where pods' own addresses are known, besides their subnet.
    private let exceptions: [CIDR]

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        let settings = configuration.settings
        isWanted = try settings["ipMasq"].flag() ?? false
        try RulesetBackend.check(settings["ipMasqBackend"])
        exceptions = try Self.exceptions(settings["nonMasqueradeCIDRs"])
    }

    private static func exceptions(_ setting: Setting) throws(CNIError) -> [CIDR] {
        var networks: [CIDR] = []
        for element in try setting.elements() ?? [] {
            guard let network = try element.parsed(as: CIDR.self) else {
                throw element.wrong("must be a network, as in 10.0.0.0/8")
            }
            networks.append(network)
        }
        return networks
    }
}

extension MasqueradePart {
    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        let elements = elements(for: pod, result)
        guard !elements.isEmpty else { return }
        var session = try TableSession(for: pod)
        // An element of somebody else for the same address is what a pod left that is gone:
        // whoever gives out addresses has decided whose it is now.
        try session.install(elements, of: pod.attachment.owner)
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        var session = try TableSession()
        try session.check(elements(for: pod, result), of: pod.attachment.owner)
    }

    package func status() throws(CNIError) {
        if isWanted { try TableSession.probe() }
    }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        let owner = pod.attachment.owner
        var session = try TableSession()
        _ = try session.remove([.masquerade]) { $0 == owner }
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        let owners = LostOwners(of: configuration.name, keeping: valid)
        var session = try TableSession()
        _ = try session.remove([.masquerade], where: owners.contains)
    }

    private func elements(for pod: PodCall, _ result: NetworkResult) -> [PodElement] {
        guard isWanted else { return [] }
        return result.addresses(of: pod).map { address in
            PodElement(
                PodMap(.masquerade, address.family), Value(address.address),
                .goto(.outside(address, and: exceptions)))
        }
    }
}
