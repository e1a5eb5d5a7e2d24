extension RuleText {
    mutating func read(_ lookup: Lookup) throws(NFTablesError) {
        let set = sets[lookup.set]
        let key = try joined(lookup.key, set?.set.key)
        let place = try sets.reference(lookup.set)
        switch lookup.use {
        case .member: try write("\(key.text) \(key.isBare ? "" : "== ")\(place)")
        case .notMember: try write("\(key.text) != \(place)")
        case .verdict: try write("\(key.text) vmap \(place)")
        case .data(let register):
            var operand = Self.data(of: set?.set)
            operand.text = "\(key.text) map \(place)"
            operand.form = .mapped(byTransport: key.saysTransport)
            try registers.store(operand, in: register)
        }
    }

    /// What a map yields; of a map nobody described it may reach to the last register.
    private static func data(of set: NamedSet?) -> Operand {
        guard case .value(let type) = set?.data else {
            return Operand(text: "", type: nil, length: Value.maximumLength)
        }
        let single = type.isConcatenation ? nil : type.parts.first
        return Operand(text: "", type: single, length: type.length)
    }

    mutating func text(_ change: DynamicSet) throws(NFTablesError) -> String {
        let set = sets[change.set]?.set
        var text = try joined(change.key, set?.key, before: change.data).text
        if let timeout = change.timeout {
            text += " timeout \(nftDuration(milliseconds: timeout))"
        }
        for expression in change.expressions { text += " \(try expression.statefulText())" }
        if let register = change.data {
            var type: ValueType?
            if case .value(let known) = set?.data { type = known }
            text += " : \(try joined(register, type).text)"
        }
        return "\(change.operation) @\(try change.set.nftName()) { \(text) }"
    }

    /// What lies in registers from one on, each part by its type.
    private mutating func joined(
        _ register: Register, _ type: ValueType?, before end: Register? = nil
    ) throws(NFTablesError) -> JoinedOperands {
        let operands = try registers.take(from: register, length: type?.length, before: end)
        guard type == nil || type?.parts.count == operands.count else {
            throw .unwritable("a key of other parts than its set's")
        }
        var texts = [String]()
        for (index, operand) in operands.enumerated() {
            if case .mapped = operand.form { throw .unwritable("a map inside a key") }
            let text = try operand.text(as: type?.parts[index] ?? operand.type)
            texts.append(operands.count > 1 && operand.isCompound ? "(\(text))" : text)
        }
        return JoinedOperands(
            text: texts.joined(separator: " . "),
            isBare: operands.count > 1 || !operands[0].isCompound,
            saysTransport: operands.contains { $0.type == .inetProtocol })
    }
}

private struct JoinedOperands {
    var text: String
    /// Whether nft sees where it ends without an operator behind it.
    var isBare: Bool
    var saysTransport: Bool
}
