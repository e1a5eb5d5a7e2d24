extension RuleText {
    mutating func text(_ nat: NAT) throws(NFTablesError) -> String {
        let verb = nat.kind == .source ? "snat" : "dnat"
        let target = try target(nat)
        return "\(verb) \(nat.family) to \(target)\(try nat.flags.nftText())"
    }

    private mutating func target(_ nat: NAT) throws(NFTablesError) -> String {
        guard let address = nat.address else { return try portText(nat.port) }
        if case .mapped(let byTransport) = registers[address.lower]?.form {
            if let port = nat.port {
                try requirePlace(of: port, behind: address, nat.family)
                if !byTransport { try requireTransport() }
            }
            return try registers.take(address.lower).text
        }
        let type = nat.family == .ip6 ? DataType.ipv6Address : .ipv4Address
        let isBracketed = nat.family == .ip6 && nat.port != nil
        let text = try constants(address, type, isBracketed: isBracketed)
        return nat.port == nil ? text : text + (try portText(nat.port))
    }

    /// A map's data holds the port behind the address.
    private func requirePlace(
        of port: RegisterRange, behind address: RegisterRange, _ family: Family
    ) throws(NFTablesError) {
        let size = family == .ip6 ? DataType.ipv6Address.length : DataType.ipv4Address.length
        let place = Register(Int(address.lower.index) + size / Value.registerSize)
        guard port == RegisterRange(place), address == RegisterRange(address.lower) else {
            throw .unwritable("a translation to other parts of a map")
        }
    }

    /// A range of constants, or one.
    private mutating func constants(
        _ range: RegisterRange, _ type: DataType, isBracketed: Bool = false
    ) throws(NFTablesError) -> String {
        var texts = [String]()
        for register in range.lower == range.upper ? [range.lower] : [range.lower, range.upper] {
            let operand = try registers.take(register)
            guard case .constant(let value) = operand.form else {
                throw .unwritable("a translation to \(operand.text)")
            }
            let text = try type.text(value)
            texts.append(isBracketed ? "[\(text)]" : text)
        }
        return texts.joined(separator: "-")
    }

    private mutating func portText(_ port: RegisterRange?) throws(NFTablesError) -> String {
        guard let port else { throw .unwritable("a translation to nothing") }
        try requireTransport()
        return ":\(try constants(port, .inetService))"
    }

    /// The ports of a translation whose address is not chosen.
    mutating func ports(_ port: RegisterRange?) throws(NFTablesError) -> String {
        port == nil ? "" : " to \(try portText(port))"
    }

    /// nft refuses ports before it knows that the protocol has some.
    private func requireTransport() throws(NFTablesError) {
        if facts.transport == nil { throw .unwritable("ports of no protocol") }
    }
}

extension NATFlags {
    func nftText() throws(NFTablesError) -> String {
        let words: [(flag: NATFlags, word: String)] = [
            (.random, "random"), (.fullyRandom, "fully-random"), (.persistent, "persistent"),
        ]
        let named = words.filter { contains($0.0) }
        guard NATFlags(named.map(\.flag)) == self else {
            throw .unwritable("flags of a translation")
        }
        return named.isEmpty ? "" : " " + named.map(\.word).joined(separator: ",")
    }
}
