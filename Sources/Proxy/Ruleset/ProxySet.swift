package import NFTables
import Network

/// The sets and maps of a table: all that differs from service to service is in them.
package enum ProxySet: String, CaseIterable, Sendable {
    /// Address, protocol, port → the ticket of a service port.
    case services
    /// Protocol, port of the node → the ticket of a service port.
    case nodePorts = "node-ports"
    /// The node's addresses that serve node ports (S54).
    case nodeAddresses = "node-addresses"
    /// The services' own addresses, whose other ports refuse (S64).
    case clusterAddresses = "cluster-addresses"
    /// Where services' own addresses come from; what is free there is dropped (S65).
    case serviceNetworks = "service-networks"
    /// Where this node's pods have their addresses (S72).
    case podNetworks = "pod-networks"
    /// A port's list of backends → its rotation; a list of one backend has none.
    case rotations
    /// A group of rotations → the chain that counts for them.
    case counters
    /// Place → backend.
    case endpoints
    /// Pairs of local backend and itself, whose replies must come back to the node (S73).
    case hairpin
    /// Port → the chain that knows who may come (S57).
    case guards
    /// A port's list of backends → the chain that knows its clients' idle time (S59).
    case affinities
    /// The same list → its port, as a connection mark.
    case affinePorts = "affine-ports"
    /// And back, to the port's list of the cluster.
    case affineLists = "affine-lists"
    /// A place in the rotation of a list with affinity → the slot of the backend there.
    case turns
    /// Slot → itself, as long as the backend is there.
    case slots
    /// The same, of backends on this node.
    case localSlots = "local-slots"
    /// Client and port → slot: who stays where.
    case affinity
    /// Sender → the priority that was borrowed of its packet.
    case priorities = "borrowed-priorities"
    /// Client → the connection mark that was borrowed.
    case connectionMarks = "borrowed-marks"
}

extension ProxyTable {
    func setName(_ set: ProxySet) -> SetName { SetName(name, set.rawValue) }

    package func definition(_ set: ProxySet) -> NamedSet {
        let (key, data) = types(of: set)
        var definition = NamedSet(setName(set), key: key, data: data)
        switch set {
        case .serviceNetworks, .podNetworks: definition.flags = .interval
        case .affinity: definition.makeDynamic(size: settings.affinitySize, seconds: 10800)
        case .priorities, .connectionMarks:
            definition.makeDynamic(size: Self.borrowedSize, seconds: Self.borrowedSeconds)
        case .services, .nodePorts:
            if settings.counts { definition.expressions = [.counter(Counter())] }
        default: break
        }
        return definition
    }

    /// What is borrowed is given back within the same packet; what never gets that far expires.
    private static let borrowedSize: UInt32 = 65_536
    static let borrowedSeconds: UInt64 = 5

    private func types(of set: ProxySet) -> (ValueType, NamedSet.Data?) {
        let portKey: [DataType] = [.inetProtocol, .inetService]
        return switch set {
        case .services: (ValueType([addressType] + portKey), .value([.classID]))
        case .nodePorts: (ValueType(portKey), .value([.classID]))
        case .nodeAddresses, .clusterAddresses, .serviceNetworks, .podNetworks:
            ([addressType], nil)
        case .rotations, .turns, .slots, .localSlots: ([.classID], .value([.classID]))
        case .counters, .guards, .affinities: ([.classID], .verdict)
        case .endpoints: ([.classID], .value([addressType, .inetService]))
        case .hairpin: ([addressType, addressType], nil)
        case .affinePorts: ([.classID], .value([.mark]))
        case .affineLists: ([.mark], .value([.classID]))
        case .affinity: ([addressType, .mark], .value([.classID]))
        case .priorities: ([.inetProtocol, .inetService], .value([.classID]))
        case .connectionMarks: ([addressType], .value([.mark]))
        }
    }
}

extension NamedSet {
    /// Rules add elements, which go when nobody has asked for them for a while.
    ///
    /// Without a size the kernel stops at 65,535 elements.
    fileprivate mutating func makeDynamic(size: UInt32, seconds: UInt64) {
        flags = [.dynamic, .timeout]
        self.size = size
        timeout = seconds * 1000
    }
}
