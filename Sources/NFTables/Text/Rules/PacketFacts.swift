/// What a rule has asked of the packet so far.
///
/// nft asks by itself for what a field's name implies, unless the rule has asked already: a name is
/// only right where nothing is left to ask.
struct PacketFacts {
    var isEthernet: Bool
    var network: Family?
    var transport: UInt8?

    /// Whether nft learns the family from `meta nfproto` alone.
    private let asksFamily: Bool

    init(_ family: Family) {
        asksFamily = family == .inet
        isEthernet = family == .bridge
        network = [.ip, .ip6, .arp].contains(family) ? family : nil
    }

    /// Notes that an expression was found to be equal to a value.
    ///
    /// nft refuses a second answer.
    mutating func note(_ text: String, equals value: Value) throws(NFTablesError) {
        switch text {
        case "meta nfproto":
            try Self.note(&network, value.count == 1 ? Family(rawValue: value[0]) : nil)
        case "meta protocol" where asksFamily, "ether type" where asksFamily: break
        case "meta protocol", "ether type": try Self.note(&network, Self.families[value])
        case "meta l4proto", "ip protocol": try Self.note(&transport, value.network())
        case "meta iiftype": isEthernet = value == Value(host: 1 as UInt16)
        default: break
        }
    }

    private static func note<Fact: Equatable>(
        _ known: inout Fact?, _ fact: Fact?
    ) throws(NFTablesError) {
        guard known == nil || known == fact else { throw .unwritable("two protocols at once") }
        known = fact
    }

    private static let families: [Value: Family] = [
        Value(network: 0x0800 as UInt16): .ip, Value(network: 0x86DD as UInt16): .ip6,
        Value(network: 0x0806 as UInt16): .arp,
    ]
}

extension PacketFacts {
    static let tcp: UInt8 = 6
    private static let icmp: UInt8 = 1
    private static let icmpv6: UInt8 = 58

    /// The fields whose names imply nothing that the rule has not asked.
    var fields: [(field: PacketField, name: String, type: DataType)] {
        var fields = networkFields
        fields.append((.sourcePort, "th sport", .inetService))
        fields.append((.destinationPort, "th dport", .inetService))
        if isEthernet {
            fields.append((.etherSource, "ether saddr", .etherAddress))
            fields.append((.etherDestination, "ether daddr", .etherAddress))
            fields.append((.etherType, "ether type", .etherType))
        }
        switch (network, transport) {
        case (_, Self.tcp): fields.append((.tcpFlags, "tcp flags", .tcpFlags))
        case (.ip, Self.icmp): fields.append((.icmpType, "icmp type", .icmpType))
        case (.ip6, Self.icmpv6): fields.append((.icmpType, "icmpv6 type", .icmpv6Type))
        default: break
        }
        return fields
    }

    private var networkFields: [(field: PacketField, name: String, type: DataType)] {
        switch network {
        case .ip:
            [
                (.ip4Protocol, "ip protocol", .inetProtocol),
                (.ip4Source, "ip saddr", .ipv4Address),
                (.ip4Destination, "ip daddr", .ipv4Address),
            ]
        case .ip6:
            [
                (.ip6Source, "ip6 saddr", .ipv6Address),
                (.ip6Destination, "ip6 daddr", .ipv6Address),
            ]
        case .arp:
            [(.arpOperation, "arp operation", .integer(length: 2, .network))]
        default: []
        }
    }
}
