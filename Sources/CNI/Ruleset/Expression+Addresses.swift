import NFTables
import Network

/// Where a family's packets have their addresses.
struct AddressFields {
    let source: PacketField
    let destination: PacketField
    /// How many registers an address fills.
    let registers: Int

    init(_ family: IPFamily) {
        source = family == .v4 ? .ip4Source : .ip6Source
        destination = family == .v4 ? .ip4Destination : .ip6Destination
        registers = Int(family.bitWidth) / 8 / Value.registerSize
    }
}

extension [Expression] {
    /// The rest of the rule is for packets of one family.
    static func isOf(_ family: IPFamily) -> Self {
        [.load(.nfProtocol), .compare(.equal, Value([family.netfilterNumber]))]
    }

    /// The rest of the rule is for packets with an address in a network, as nft writes it.
    static func isIn(_ network: CIDR, _ field: KeyPath<AddressFields, PacketField>) -> Self {
        let field = AddressFields(network.family)[keyPath: field]
        let length = UInt32(network.prefixLength)
        guard length > 0 else { return isOf(network.family) }
        guard length % 8 == 0 else {
            return isOf(network.family) + [
                .load(field), .mask(Value(network.netmask)), .compare(.equal, Value(network.first)),
            ]
        }
        let bytes = Value(network.first).bytes.extracting(first: Int(length / 8))
        return isOf(network.family) + [
            .load(field.prefix(length / 8)), .compare(.equal, Value(bytes: bytes)),
        ]
    }
}

extension IPFamily {
    /// NFPROTO_IPV4 and NFPROTO_IPV6.
    fileprivate var netfilterNumber: UInt8 { self == .v4 ? 2 : 10 }
}

extension CIDR {
    /// 127.0.0.0/8.
    static let loopback = CIDR(.v4(.loopback), bits: 8)
    static let ipv6Loopback = CIDR(.v6(.loopback))

    /// 224.0.0.0/4, ff00::/8.
    static func multicast(_ family: IPFamily) -> CIDR {
        switch family {
        case .v4: CIDR(.v4(IPv4Address(224, 0, 0, 0)), bits: 4)
        case .v6: CIDR(.v6(IPv6Address(high: 0xFF00 << 48, low: 0)), bits: 8)
        }
    }

    /// The network of an address with a prefix that is known to fit.
    private init(_ address: IPAddress, bits: UInt8) {
        self = (CIDR(address, prefixLength: bits) ?? CIDR(address)).network
    }

    /// Whether it is one address and says nothing of a network.
    var isSingleAddress: Bool { prefixLength == family.bitWidth }
}
