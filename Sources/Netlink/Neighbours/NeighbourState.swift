import CMnl

/// How sure the kernel is of a neighbour's link-layer address.
package struct NeighbourState: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    private init(_ state: Int32) { rawValue = UInt16(truncatingIfNeeded: state) }

    package static let incomplete = NeighbourState(NUD_INCOMPLETE)
    package static let reachable = NeighbourState(NUD_REACHABLE)
    package static let stale = NeighbourState(NUD_STALE)
    package static let delay = NeighbourState(NUD_DELAY)
    package static let probe = NeighbourState(NUD_PROBE)
    package static let failed = NeighbourState(NUD_FAILED)
    /// Never asked about, but removable when the table is full.
    package static let noARP = NeighbourState(NUD_NOARP)
    /// Never asked about and never removed.
    package static let permanent = NeighbourState(NUD_PERMANENT)
}

/// Where an entry lives and how it is treated.
package struct NeighbourFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ flag: Int32) { rawValue = UInt8(truncatingIfNeeded: flag) }

    /// The forwarding entry is the link's own (a VXLAN's remote, a bridge's own address).
    package static let own = NeighbourFlags(NTF_SELF)
    /// The forwarding entry is that of the bridge the link is a port of.
    package static let master = NeighbourFlags(NTF_MASTER)
    /// Questions for the address are answered on behalf of its owner.
    package static let proxy = NeighbourFlags(NTF_PROXY)
    /// Put there by a control plane: the kernel neither ages nor removes it.
    package static let externallyLearned = NeighbourFlags(NTF_EXT_LEARNED)
    /// Does not move when the address is heard on another port.
    package static let sticky = NeighbourFlags(NTF_STICKY)
    /// In a request: asks for the neighbour's address at once, as a packet to it would.
    package static let use = NeighbourFlags(NTF_USE)
    package static let router = NeighbourFlags(NTF_ROUTER)
}
