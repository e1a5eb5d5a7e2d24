package import NFTables
package import Network

/// The table of one address family, and what its constant part depends on.
package struct ProxyTable: Hashable, Sendable {
    package let family: IPFamily
    package var settings: Settings

    package init(_ family: IPFamily, _ settings: Settings = Settings()) {
        self.family = family
        self.settings = settings
    }

    package struct Settings: Hashable, Sendable {
        /// The bit of the packet mark that asks for masquerading (S70).
        package var masqueradeBit: UInt32 = 1 << 14
        /// Whether all traffic to services' own addresses is masqueraded (S71).
        package var masqueradesAll = false
        package var pods = PodMatch.none
        package var nodePorts = NodePortMatch.listed
        /// How many clients can have an affinity at a time.
        package var affinitySize: UInt32 = 262_144
        /// Whether each service address counts its connections.
        package var counts = false

        package init() {}
    }

    /// How packets that pods of this node send are told from others (S72).
    package enum PodMatch: Hashable, Sendable {
        case none
        /// By the networks in the set `pod-networks`.
        case networks
        case bridge(String)
        case interfacePrefix(String)
    }

    /// On which addresses node ports are served (S54).
    package enum NodePortMatch: Hashable, Sendable {
        /// Those in the set `node-addresses`.
        case listed
        /// All of the node's but loopback.
        case all
    }
}

extension ProxyTable {
    /// What kube-proxy calls its table.
    static let referenceName = "kube-proxy"

    package var name: TableName { TableName(family == .v4 ? .ip : .ip6, "weft-proxy") }

    var table: Table {
        Table(name, comment: "services of the cluster; written by weft proxy")
    }

    func chain(_ name: String) -> ChainName { ChainName(self.name, name) }

    var addressType: DataType { family == .v4 ? .ipv4Address : .ipv6Address }
    var source: PacketField { family == .v4 ? .ip4Source : .ip6Source }
    var destination: PacketField { family == .v4 ? .ip4Destination : .ip6Destination }
    /// How many registers an address fills.
    var addressRegisters: Int { Int(family.bitWidth) / 8 / Value.registerSize }

    /// What is refused is answered with "port unreachable", whatever the protocol (S60).
    var refusal: Expression {
        .reject(family == .v4 ? .icmpPortUnreachable : .icmpv6PortUnreachable)
    }
}
