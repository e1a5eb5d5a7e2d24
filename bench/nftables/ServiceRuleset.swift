import NFTables
import Network

/// Services as data: a chain and a rule each, everything else in two big maps.
struct ServiceRuleset {
    let services: Int
    let endpointsPerService: Int

    static let table = TableName(.ip, "weft-bench")
    static let dispatch = ChainName(table, "dispatch")
    static let translate = ChainName(table, "translate")

    /// From an address, protocol and port to the service's chain.
    var serviceMap: NamedSet {
        NamedSet(
            SetName(Self.table, "services"), key: [.ipv4Address, .inetProtocol, .inetService],
            data: .verdict, size: UInt32(services))
    }

    /// From the same and an endpoint's number to the endpoint.
    var endpointMap: NamedSet {
        NamedSet(
            SetName(Self.table, "endpoints"),
            key: [.ipv4Address, .inetProtocol, .inetService, .mark],
            data: .value([.ipv4Address, .inetService]),
            size: UInt32(services * endpointsPerService + services))
    }

    func chain(_ service: Int) -> ChainName { ChainName(Self.table, "svc-\(service)") }

    /// The service's rule: the number of its next endpoint goes into the mark.
    func rule(_ service: Int, modulus: Int? = nil) -> Rule {
        let count = UInt32(modulus ?? endpointsPerService)
        return Rule(
            chain(service),
            [
                .numberGenerator(NumberGenerator(.incremental, modulus: count)), .store(.mark),
                .goto(Self.translate.name),
            ])
    }

    static let port: UInt16 = 80
    static let targetPort: UInt16 = 8080
    private static let firstService: UInt32 = 0x0A60_0000  // 10.96.0.0
    private static let firstEndpoint: UInt32 = 0x0AF4_0000  // 10.244.0.0
    private static let tcp: UInt8 = 6

    func address(ofService service: Int) -> IPv4Address {
        IPv4Address(rawValue: Self.firstService + UInt32(service))
    }

    func address(ofEndpoint index: Int, of service: Int) -> IPv4Address {
        IPv4Address(rawValue: Self.firstEndpoint + UInt32(service * endpointsPerService + index))
    }

    func serviceElement(_ service: Int) -> Element {
        let key = Value(
            concatenating: Value(address(ofService: service)), Value(network: Self.tcp),
            Value(network: Self.port))
        return Element(key, .verdict(.goto("svc-\(service)")))
    }

    func endpointElement(_ index: Int, of service: Int, port: UInt16 = targetPort) -> Element {
        let key = Value(
            concatenating: Value(address(ofService: service)), Value(network: Self.tcp),
            Value(network: Self.port), Value(host: UInt32(index)))
        let target = Value(
            concatenating: Value(address(ofEndpoint: index, of: service)), Value(network: port))
        return Element(key, .value(target))
    }
}

extension ServiceRuleset {
    /// All of it in one transaction; rules bind the maps while these are empty.
    var transaction: Transaction {
        var transaction = Transaction()
        transaction.add(Table(Self.table))
        transaction.add(Chain(Self.translate))
        transaction.add(
            Chain(Self.dispatch, base: Chain.Base(.nat, .prerouting, priority: -100)))
        transaction.add(serviceMap)
        transaction.add(endpointMap)
        transaction.add(Rule(Self.dispatch, Self.dispatchSteps))
        transaction.add(Rule(Self.translate, Self.translateSteps))
        for service in 0..<services { transaction.add(Chain(chain(service))) }
        for service in 0..<services { transaction.add(rule(service)) }
        transaction.add(serviceElements, to: serviceMap)
        transaction.add(endpointElements, to: endpointMap)
        return transaction
    }

    private static let loadKey: [Expression] = [
        .load(.ip4Destination), .load(.ip4Protocol, into: 1), .load(.destinationPort, into: 2),
    ]

    private static let dispatchSteps = loadKey + [.lookup("services", .verdict)]

    private static let translateSteps =
        loadKey + [
            .load(.mark, into: 3), .lookup("endpoints", .data(into: 0)),
            .nat(NAT(.destination, .ip, address: 0, port: 1)),
        ]

    private var serviceElements: ElementList {
        var list = ElementList()
        for service in 0..<services { list.append(serviceElement(service)) }
        return list
    }

    private var endpointElements: ElementList {
        var list = ElementList()
        for service in 0..<services {
            for index in 0..<endpointsPerService {
                list.append(endpointElement(index, of: service))
            }
        }
        return list
    }
}

extension ServiceRuleset {
    /// The same as nft reads it: in the same order, its elements last.
    var text: String {
        var text = """
            table ip weft-bench {
            map services { type ipv4_addr . inet_proto . inet_service : verdict; size \(services); }
            map endpoints {
            type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service
            size \(services * endpointsPerService + services); }
            chain translate { dnat ip to ip daddr . ip protocol . th dport . meta mark map @endpoints; }
            chain dispatch { type nat hook prerouting priority dstnat;
            ip daddr . ip protocol . th dport vmap @services; }

            """
        for service in 0..<services {
            text += "chain svc-\(service) { meta mark set numgen inc mod "
            text += "\(endpointsPerService) goto translate; }\n"
        }
        text += "}\nadd element ip weft-bench services {\n"
        for service in 0..<services {
            text += "\(address(ofService: service)) . tcp . 80 : goto svc-\(service),\n"
        }
        text += "}\nadd element ip weft-bench endpoints {\n"
        for service in 0..<services {
            for index in 0..<endpointsPerService {
                text += "\(address(ofService: service)) . tcp . 80 . \(index) : "
                text += "\(address(ofEndpoint: index, of: service)) . 8080,\n"
            }
        }
        return text + "}\n"
    }
}
