import NFTables
import Network

/// A set of the table, for one family of addresses: all that differs from node to node.
struct TrafficSet: Hashable, Sendable {
    let kind: Kind
    let family: IPFamily

    enum Kind: String, CaseIterable {
        /// Where the pods of all nodes have their addresses.
        case pods
        /// Where this node's pods have theirs.
        case ownPods = "own-pods"
        /// The addresses of all nodes.
        case nodes
        /// Other networks in which pods keep their addresses, with multicast.
        case excluded
        /// The UDP ports at which this node receives tunnels.
        case tunnelPorts = "tunnel-ports"
    }

    init(_ kind: Kind, _ family: IPFamily) {
        self.kind = kind
        self.family = family
    }

    static let all = Kind.allCases.flatMap { kind in
        IPFamily.allCases.map { TrafficSet(kind, $0) }
    }
}

extension TrafficSet {
    var name: String { "\(kind.rawValue)-\(family == .v4 ? "ip" : "ip6")" }

    var definition: NamedSet {
        let name = SetName(TrafficTable.name, name)
        let address: DataType = family == .v4 ? .ipv4Address : .ipv6Address
        return switch kind {
        case .pods, .ownPods, .excluded: NamedSet(name, key: [address], flags: .interval)
        case .nodes: NamedSet(name, key: [address])
        case .tunnelPorts: NamedSet(name, key: [.inetService])
        }
    }
}

/// An element of a set.
enum TrafficKey: Hashable, Sendable {
    case addresses(AddressRange)
    case port(Port)

    /// The element as nftables has it.
    var element: Element {
        switch self {
        case .addresses(let range):
            Element(
                Value(range.lower), through: range.count == 1 ? nil : Value(range.upper))
        case .port(let port): Element(Value(network: port.rawValue))
        }
    }
}
