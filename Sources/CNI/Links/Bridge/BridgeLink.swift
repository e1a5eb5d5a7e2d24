import Netlink
import Network
import Platform

/// The bridge of a node, which is made with the first pod and stays.
struct BridgeLink: Sendable {
    let index: LinkIndex
    let name: InterfaceName
    let address: MACAddress
    let mtu: UInt32
}

extension BridgeSettings {
    /// Finds the bridge or makes it, and brings it into the state the keys ask for.
    func bridge(
        _ socket: inout RouteSocket,
        mtu: (inout RouteSocket) throws(CNIError) -> UInt32?
    ) throws(CNIError) -> BridgeLink {
        var link = try reporting { () throws(NetlinkError) in try socket.find(.link(name)) }
        if link == nil {
            let size = try mtu(&socket)
            link = try create(&socket, mtu: size)
        }
        guard let link, link.kind == .bridge, let address = link.address else {
            throw CNIError(
                .invalidConfiguration, "\(name) is no bridge",
                details: "choose another name for bridge, or remove the link of that name")
        }
        try adjust(link, &socket)
        return BridgeLink(index: link.index, name: name, address: address, mtu: link.mtu)
    }

    private func create(
        _ socket: inout RouteSocket, mtu: UInt32?
    ) throws(CNIError) -> Link? {
        let link = NewLink(
            // With an address of its own: else it would be that of the lowest port, and change.
            NewLink.End(name, address: .random(), mtu: mtu),
            .bridge(Bridge(filtersVLANs: vlans == nil ? nil : true)))
        do throws(NetlinkError) {
            do throws(NetlinkError) {
                try socket.run([
                    .create(link), .change(.name(name), .linkLocalAddress(false)),
                ])
            } catch  where error.errno == .exists {
                // Another ADD was faster.
            }
            return try socket.find(.link(name))
        } catch {
            throw explained(error)
        }
    }

    private func adjust(_ link: Link, _ socket: inout RouteSocket) throws(CNIError) {
        var changes: [LinkChange] = []
        if isPromiscuous, !link.flags.contains(.promiscuous) { changes.append(.promiscuous(true)) }
        if vlans != nil, !link.filtersVLANs { changes.append(.bridge(Bridge(filtersVLANs: true))) }
        if !link.isUp {
            try IPv6Switch.ignoreAdvertisements(name)
            changes.append(.up)
        }
        if changes.isEmpty { return }
        do throws(NetlinkError) {
            try socket.run(.change(.index(link.index), changes))
        } catch {
            throw explained(error)
        }
    }

    private func explained(_ error: NetlinkError) -> CNIError {
        guard vlans != nil, case .unsupported = error.code else { return CNIError(error) }
        return CNIError(
            .unsupportedField, "vlan and vlanTrunk are not supported by this kernel",
            details: "\(error)")
    }
}

extension Link {
    fileprivate var filtersVLANs: Bool {
        if case .bridge(let bridge) = settings { bridge.filtersVLANs == true } else { false }
    }
}
