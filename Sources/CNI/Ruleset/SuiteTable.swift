import NFTables
import Network

/// The suite's one nftables table.
///
/// Its chains and rules are the same however many pods there are: what differs from pod to pod is
/// an element of a map, and says in its comment whose it is. There is a table only while there are
/// elements.
enum SuiteTable {
    static let name = TableName(.inet, "weft-cni")

    static func chain(_ name: String) -> ChainName { ChainName(SuiteTable.name, name) }
}

/// A set or map of the table, for one family of addresses.
struct PodMap: Hashable, Sendable {
    let kind: Kind
    let family: IPFamily

    enum Kind: String, CaseIterable {
        /// A pod's address: the chain that decides whether its packets take the node's address.
        case masquerade
        /// Protocol and port of all the node's addresses: a pod's address and port.
        case hostPorts = "host-ports"
        /// The same for one of the node's addresses.
        case addressedPorts = "addressed-ports"
        /// A pod's address, protocol and port and the host port that led there: the chain that
        /// decides whose address is replaced, so that answers come back through the node.
        case portClients = "port-clients"
        /// The addresses of pods that have no subnet, each twice: what comes from the pod itself.
        case itself
    }

    static func all(_ kind: Kind) -> [PodMap] {
        IPFamily.allCases.map { PodMap(kind: kind, family: $0) }
    }

    static var all: [PodMap] { Kind.allCases.flatMap { all($0) } }
}

extension PodMap {
    var name: String { "\(kind.rawValue)-\(family.word)" }

    var set: NamedSet {
        NamedSet(SetName(SuiteTable.name, name), key: ValueType(key), data: data)
    }

    private var address: DataType { family == .v4 ? .ipv4Address : .ipv6Address }

    private var key: [DataType] {
        switch kind {
        case .masquerade: [address]
        case .hostPorts: [.inetProtocol, .inetService]
        case .addressedPorts: [address, .inetProtocol, .inetService]
        case .portClients: [address, .inetProtocol, .inetService, .inetService]
        case .itself: [address, address]
        }
    }

    private var data: NamedSet.Data? {
        switch kind {
        case .masquerade, .portClients: .verdict
        case .hostPorts, .addressedPorts: .value([address, .inetService])
        case .itself: nil
        }
    }
}

extension IPFamily {
    /// nft's word for the family.
    var word: String { self == .v4 ? "ip" : "ip6" }
}
