import Netlink
import Network

/// A tunnel as this node is to have it: a VXLAN that learns nothing and is told everything.
struct TunnelPlan: Hashable, Sendable {
    let name: String
    let id: UInt32
    let port: Port
    /// The address of the node that it starts from.
    let local: IPAddress
    /// Its own link address.
    let end: MACAddress
    let mtu: UInt32
    /// The addresses this node has within the tunnel.
    let addresses: [CIDR]

    /// The family of the packets that carry it.
    var family: IPFamily { local.family }

    var endpoint: TunnelEndpoint {
        TunnelEndpoint(family: family, address: local, port: port, device: name)
    }

    /// What a link of that kind says of itself.
    var settings: VXLAN { VXLAN(id: id, local: local, port: port, isLearning: false) }

    /// The mark of our tunnels, with which they are found again.
    static let alias = "weft:tunnel"
}

extension TunnelPlan {
    /// What Ethernet carries, where no link says how much it does.
    static let usualMTU: UInt32 = 1500

    /// What fits into a tunnel: the outer headers are IP (20 or 40 bytes), UDP (8), VXLAN (8) and the
    /// inner Ethernet header (14), RFC 7348 section 5 (R7).
    static func inner(_ carried: UInt32, _ family: IPFamily) -> UInt32 {
        let headers: UInt32 = (family == .v4 ? 20 : 40) + 8 + 8 + 14
        return carried > headers ? carried - headers : carried
    }
}

extension TunnelPlan {
    /// What must be done that a link is the tunnel.
    enum Repair: Equatable, Sendable {
        case nothing
        case change([LinkChange])
        /// It cannot be changed into what it is to be.
        case replace
        case foreign
    }

    func repair(_ link: Link) -> Repair {
        guard let mark = try? LinkAlias(Self.alias) else { return .foreign }
        guard case .vxlan(let held) = link.settings else { return .foreign }
        // One whose maker was killed has no alias yet.
        guard link.alias == Self.alias || link.alias == nil && link.address == end else {
            return .foreign
        }
        let isSame =
            held.id == id && held.port == port && held.local == local && !held.isLearning
            && held.remote == nil && held.lower == nil
        guard isSame else { return .replace }
        var changes: [LinkChange] = []
        if link.alias == nil { changes.append(.alias(mark)) }
        if link.address != end { changes.append(.address(end)) }
        if link.mtu != mtu { changes.append(.mtu(mtu)) }
        if !link.isUp { changes.append(.up) }
        return changes.isEmpty ? .nothing : .change(changes)
    }
}
