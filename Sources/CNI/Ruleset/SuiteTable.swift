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
    /// The chain that is for the members alone, of which the set has its name.
    let chain: String?

    enum Kind: String, CaseIterable {
        /// The addresses of pods whose packets may take the node's address: a set for each chain
        /// that decides about it. Not a map to the chains, for the kernel walks all elements that
        /// lead to chains whenever one is added.
        case masquerade
        /// Protocol and port of all the node's addresses: a pod's address and port.
        case hostPorts = "host-ports"
        /// The same for one of the node's addresses.
        case addressedPorts = "addressed-ports"
        /// A pod's address, protocol and port and the host port that led there: a set for each
        /// chain that decides whose address is replaced, so that answers come back by the node.
        case portClients
        /// The addresses of pods that have no subnet, each twice: what comes from the pod itself.
        case itself
    }

    /// Those of a kind that the table always has.
    static func all(_ kind: Kind) -> [PodMap] {
        if kind.isOfChains { return [] }
        return IPFamily.allCases.map { PodMap(kind, $0) }
    }

    static var all: [PodMap] { Kind.allCases.flatMap { all($0) } }
}

extension PodMap.Kind {
    /// Whether chains have sets of this kind of their own.
    var isOfChains: Bool { self == .masquerade || self == .portClients }
}

extension PodMap {
    init(_ kind: Kind, _ family: IPFamily) { self.init(kind: kind, family: family, chain: nil) }

    /// The set of a chain of pods; nil for another's name.
    init?(ofChain name: String) {
        guard let (kind, family) = PodChain.meaning(of: name) else { return nil }
        self.init(kind: kind, family: family, chain: name)
    }

    var name: String { chain ?? "\(kind.rawValue)-\(family.word)" }

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
        case .hostPorts, .addressedPorts: .value([address, .inetService])
        case .masquerade, .portClients, .itself: nil
        }
    }
}

extension IPFamily {
    /// nft's word for the family.
    var word: String { self == .v4 ? "ip" : "ip6" }
}
