package import Network

/// How the pods of other nodes are reached.
package struct RouteSettings: Hashable, Sendable {
    package var mode: Mode
    package var vxlanID: UInt32
    package var vxlanPort: Port
    /// The tunnel over IPv4; the one over IPv6 has a 6 behind.
    package var device: String
    /// The size of pods' packets; 0 finds out what the network between the nodes carries.
    package var mtu: UInt32
    /// The families of pods' addresses.
    package var families: Set<IPFamily>

    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// By the node's address where it is on a network of ours, through a tunnel elsewhere.
        case auto
        case direct
        case vxlan
        /// Not by Weft: the network between the nodes knows the way to pods.
        case none
    }

    /// The assigned port of VXLAN, and Weft's number as the network's.
    package init(
        mode: Mode = .auto, vxlanID: UInt32 = 87, vxlanPort: Port = 4789,
        device: String = "weft.vxlan", mtu: UInt32 = 0,
        families: Set<IPFamily> = Set(IPFamily.allCases)
    ) {
        self.mode = mode
        self.vxlanID = vxlanID
        self.vxlanPort = vxlanPort
        self.device = device
        self.mtu = mtu
        self.families = families
    }
}

extension RouteSettings {
    /// The name of the tunnel over a family.
    func device(_ family: IPFamily) -> String { family == .v4 ? device : device + "6" }
}
