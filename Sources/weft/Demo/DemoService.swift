import NFTables
import Network

/// A service of one port and its endpoints, each of which gets every n-th connection.
struct DemoService {
    let address: IPv4Address
    let port: UInt16
    let endpoints: [IPv4Address]
    let targetPort: UInt16

    static let table = TableName(.ip, "weft-demo")
    private static let chain = ChainName(table, "services")
    private static let tcp: UInt8 = 6
    /// Where nft's `dstnat` is.
    private static let destinationTranslation: Int32 = -100
}

extension DemoService {
    /// The table, a chain that local connections pass, the endpoints as a map, and one rule.
    var transaction: Transaction {
        var transaction = Transaction()
        transaction.add(Table(Self.table, comment: "made by weft demo"))
        transaction.add(
            Chain(
                Self.chain,
                base: Chain.Base(.nat, .output, priority: Self.destinationTranslation)))
        transaction.add(map)
        transaction.add(Rule(Self.chain, steps, comment: "each connection the next endpoint"))
        transaction.add(ElementList(endpoints.indices.map(element)), to: map)
        return transaction
    }

    private var map: NamedSet {
        NamedSet(
            SetName(Self.table, "endpoints"), key: [.mark],
            data: .value([.ipv4Address, .inetService]), size: UInt32(endpoints.count))
    }

    private func element(_ index: Int) -> Element {
        Element(
            Value(host: UInt32(index)),
            .value(Value(concatenating: Value(endpoints[index]), Value(network: targetPort))))
    }

    private var steps: [Expression] {
        [
            .load(.ip4Destination), .compare(.equal, Value(address)),
            .load(.ip4Protocol), .compare(.equal, Value(network: Self.tcp)),
            .load(.destinationPort), .compare(.equal, Value(network: port)),
            .numberGenerator(NumberGenerator(.incremental, modulus: UInt32(endpoints.count))),
            .store(.mark), .load(.mark), .lookup("endpoints", .data(into: 0)),
            .nat(NAT(.destination, .ip, address: 0, port: 1)),
        ]
    }
}
