package import Network

/// At which addresses a node's own server is asked, beside those that its server blocks name.
package struct NodeLocalSettings: Hashable, Sendable {
    /// Addresses that every node has, which pods may be told to ask.
    package var localAddresses: [IPAddress] = []
    /// The cluster's DNS service, whose packets are to end here.
    package var serviceAddresses: [IPAddress] = []

    package init() {}

    /// What NodeLocal DNSCache listens at by custom.
    package static let standardAddress = IPAddress.v4(IPv4Address(169, 254, 20, 10))
}

extension NodeLocalSettings {
    /// The addresses that server blocks without `bind` listen at.
    private func addresses(isStandardWanted: Bool) -> [IPAddress] {
        let local =
            localAddresses.isEmpty && isStandardWanted ? [Self.standardAddress] : localAddresses
        return local + serviceAddresses
    }

    /// The configuration with every server block bound to addresses.
    package func bind(_ file: Corefile) throws(DNSError) -> Corefile {
        var file = file
        let unbound = file.servers.indices.filter { file.servers[$0].binds.isEmpty }
        let addresses = addresses(isStandardWanted: !unbound.isEmpty)
        for index in unbound {
            file.servers[index].binds = [BindOptions(addresses.map { .address($0) })]
        }
        for address in addresses where !file.servers.contains(where: { $0.takes(address) }) {
            throw DNSError(
                .configuration, "serve the node at \(address)",
                "every server block has a bind, and none names it: name it there, "
                    + "or leave it out of the command line")
        }
        return file
    }
}

extension ServerBlock {
    fileprivate func takes(_ address: IPAddress) -> Bool {
        binds.contains { $0.takes(address) }
    }
}

extension BindOptions {
    fileprivate func takes(_ address: IPAddress) -> Bool {
        !exceptions.contains(.address(address))
            && targets.contains { $0.overlaps(.address(address)) }
    }
}
