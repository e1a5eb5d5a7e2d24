import Netlink
import Network

/// The addresses that a machine has, and the link that a node's own server gives its own to.
struct NodeAddresses: Hashable, Sendable {
    /// A link of its own where the kernel can make one, else the loopback.
    let link: LinkIndex
    let isOwnLink: Bool
    /// Those of all links.
    var held: [InterfaceAddress]

    init(link: LinkIndex, isOwnLink: Bool, held: [InterfaceAddress]) {
        self.link = link
        self.isOwnLink = isOwnLink
        self.held = held
    }
}

extension NodeAddresses {
    /// What makes of them what should be; addresses that others made are used, and left alone.
    func changes(to wanted: Set<IPAddress>) -> [Request] {
        let present = Set(held.map(\.address.address))
        let stale = held.filter { isOurs($0) && !wanted.contains($0.address.address) }
        return stale.map { .delete($0) }
            + wanted.subtracting(present).sorted().map { .add(address($0)) }
    }

    private func isOurs(_ address: InterfaceAddress) -> Bool {
        if isOwnLink, address.link == link { return true }
        return address.link == .loopback && address.origin == .weft
    }

    /// An address that is never the source of what the node sends on its own account.
    ///
    /// IPv4 sees to that by its scope. IPv6 knows no scope of hosts, but prefers any other address
    /// to one that is deprecated (RFC 6724 section 5, rule 3).
    private func address(_ address: IPAddress) -> InterfaceAddress {
        var made = InterfaceAddress(CIDR(address), on: link, origin: .weft)
        switch address.family {
        case .v4: made.scope = .host
        case .v6:
            made.flags = .noDuplicateDetection
            made.lifetime = AddressLifetime(preferred: 0, valid: .max)
        }
        return made
    }
}
