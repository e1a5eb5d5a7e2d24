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
        let elements = elements(result.addresses(of: pod))
        guard !elements.isEmpty else { return }
        var session = try TableSession(for: pod)
        // An element of somebody else for the same address is what a pod left that is gone:
        // whoever gives out addresses has decided whose it is now.
        try session.install(elements, of: pod.attachment.owner)
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        guard isWanted else { return }
        var session = try TableSession()
        var addresses: [CIDR] = []
        for address in result.addresses(of: pod) {
            addresses.append(try session.inSubnet(address))
        }
        try session.check(elements(addresses), of: pod.attachment.owner)
    }

    package func status() throws(CNIError) {
        if isWanted { try TableSession.probe() }
    }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        let owner = pod.attachment.owner
        var session = try TableSession(for: pod)
        _ = try session.remove([.masquerade]) { $0 == owner }
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        let owners = LostOwners(of: configuration.name, keeping: valid)
        var session = try TableSession()
        _ = try session.remove([.masquerade], where: owners.contains)
    }

    private func elements(_ addresses: [CIDR]) -> [PodElement] {
        guard isWanted else { return [] }
        return addresses.map { address in
            let chain = PodChain.outside(address, and: exceptions)
            let set = PodMap(kind: .masquerade, family: address.family, chain: chain.name)
            return PodElement(set, Value(address.address), .memberOf(chain))
        }
    }
}

extension TableSession {
    /// An address with the prefix length of the subnet that ADD was told of.
    ///
    /// The result of a routed pod says /32 or /128, for that is what its interface has; the
    /// address is in the set of its subnet's chain.
    fileprivate mutating func inSubnet(_ address: CIDR) throws(CNIError) -> CIDR {
        guard address.isSingleAddress else { return address }
        let key = Value(address.address)
        let installed = try elements(of: [.masquerade]).first { $0.element.key == key }
        guard let name = installed?.chain, let subnet = PodChain.subnet(outside: name),
            subnet.contains(address.address)
        else { return address }
        return CIDR(address.address, prefixLength: subnet.prefixLength) ?? address
    }
}
