extension PacketFacts {
    /// The bytes by the name of their field, or by where they stand.
    func operand(_ payload: Payload) -> Operand {
        let field = PacketField(payload.base, offset: payload.offset, length: payload.length)
        let length = Int(payload.length)
        if let known = fields.first(where: { $0.field == field }) {
            return Operand(text: known.name, type: known.type, length: length)
        }
        let whole = fields.first {
            $0.field.prefix(payload.length) == field
                && [.ipv4Address, .ipv6Address].contains($0.type)
        }
        if let whole {
            return Operand(text: whole.name, type: whole.type, length: length, form: .leading)
        }
        return Operand(
            text: "@\(payload.base.word),\(payload.offset * 8),\(payload.length * 8)",
            type: .integer(length: length, .network), length: length)
    }
}

extension Payload.Base {
    fileprivate var word: String {
        switch self {
        case .link: "ll"
        case .network: "nh"
        case .transport: "th"
        }
    }
}

extension Meta.Key {
    private static let hardwareType = Meta.Key(rawValue: 8)

    private static let words: [Meta.Key: (name: String, type: DataType)] = [
        .length: ("meta length", .integer(length: 4, .host)),
        .protocol: ("meta protocol", .etherType),
        .mark: ("meta mark", .mark),
        .inputInterface: ("iif", .interfaceIndex),
        .outputInterface: ("oif", .interfaceIndex),
        .inputName: ("iifname", .interfaceName),
        .outputName: ("oifname", .interfaceName),
        .hardwareType: ("meta iiftype", .hardwareType),
        .packetType: ("meta pkttype", .packetType),
        .nfProtocol: ("meta nfproto", .nfProtocol),
        .transportProtocol: ("meta l4proto", .inetProtocol),
        .tracing: ("meta nftrace", .integer(length: 1, .host)),
        .cpu: ("meta cpu", .integer(length: 4, .host)),
        .random: ("meta random", .integer(length: 4, .host)),
        .priority: ("meta priority", .classID),
    ]

    func operand() throws(NFTablesError) -> Operand {
        guard let (name, type) = Self.words[self] else {
            throw .unwritable("meta key \(rawValue)")
        }
        return Operand(text: name, type: type, length: type.length)
    }
}

extension Conntrack {
    private static let words: [Key: (name: String, type: DataType)] = [
        .state: ("state", .conntrackState),
        .direction: ("direction", .conntrackDirection),
        .status: ("status", .conntrackStatus),
        .mark: ("mark", .mark),
        .zone: ("zone", .integer(length: 2, .host)),
        .source4: ("ip saddr", .ipv4Address),
        .destination4: ("ip daddr", .ipv4Address),
        .source6: ("ip6 saddr", .ipv6Address),
        .destination6: ("ip6 daddr", .ipv6Address),
        .sourcePort: ("proto-src", .inetService),
        .destinationPort: ("proto-dst", .inetService),
        .transportProtocol: ("protocol", .inetProtocol),
    ]

    /// nft takes a port's type from the transport protocol that the rule asked for.
    func operand(_ facts: PacketFacts) throws(NFTablesError) -> Operand {
        let isPort = key == .sourcePort || key == .destinationPort
        let family: Family? =
            switch Self.words[key]?.type {
            case .ipv4Address?: .ip
            case .ipv6Address?: .ip6
            default: nil
            }
        guard let (name, type) = Self.words[key], !isPort || facts.transport != nil,
            family == nil || facts.network == nil || family == facts.network
        else {
            throw .unwritable("ct key \(key.rawValue)")
        }
        let side = side.map { $0 == .original ? "original " : "reply " } ?? ""
        return Operand(text: "ct \(side)\(name)", type: type, length: type.length)
    }
}

extension FIB {
    private static let words: [(Flags, String)] = [
        (.sourceAddress, "saddr"), (.destinationAddress, "daddr"), (.mark, "mark"),
        (.inputInterface, "iif"), (.outputInterface, "oif"),
    ]

    func operand() throws(NFTablesError) -> Operand {
        let named = Self.words.filter { flags.contains($0.0) }
        let known = named.reduce(into: Flags.present) { $0.formUnion($1.0) }
        guard flags.isSubset(of: known), !named.isEmpty else { throw .unwritable("fib flags") }
        let (word, type) = resultText
        let isPresence = flags.contains(.present)
        return Operand(
            text: "fib \(named.map(\.1).joined(separator: " . ")) \(word)",
            type: isPresence ? .presence : type, length: isPresence ? 4 : type.length)
    }

    private var resultText: (String, DataType) {
        switch result {
        case .outputInterface: ("oif", .interfaceIndex)
        case .outputName: ("oifname", .interfaceName)
        case .addressKind: ("type", .addressKind)
        }
    }
}

extension SocketLookup {
    func operand() throws(NFTablesError) -> Operand {
        switch key {
        case .transparent: Operand(text: "socket transparent", type: .flag, length: 1)
        case .wildcard: Operand(text: "socket wildcard", type: .flag, length: 1)
        case .mark: Operand(text: "socket mark", type: .mark, length: 4)
        case .cgroup: throw .unwritable("a control group, which nft names by a path")
        }
    }
}

extension NumberGenerator {
    var operand: Operand {
        let word = kind == .random ? "random" : "inc"
        return Operand(
            text: "numgen \(word) mod \(modulus)\(nftOffset(offset))", type: nil, length: 4)
    }
}

extension PacketHash {
    func operand(
        _ registers: inout SymbolicRegisters
    ) throws(NFTablesError) -> Operand {
        var text = "symhash mod \(modulus)"
        if case .jenkins(let source, let length, let seed) = kind {
            let operands = try registers.take(from: source, length: Int(length))
            var parts = [String]()
            for operand in operands {
                let part = try operand.text(as: operand.type)
                parts.append(operand.isCompound ? "(\(part))" : part)
            }
            text = "jhash \(parts.joined(separator: " . ")) mod \(modulus)"
            if let seed { text += " seed 0x" + String(seed, radix: 16) }
        }
        return Operand(text: text + nftOffset(offset), type: nil, length: 4)
    }
}

private func nftOffset(_ offset: UInt32) -> String { offset == 0 ? "" : " offset \(offset)" }
