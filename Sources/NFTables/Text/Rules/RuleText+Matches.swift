import Network

extension RuleText {
    mutating func text(_ comparison: Comparison) throws(NFTablesError) -> String {
        let operand = try registers.take(comparison.register)
        let value = comparison.value
        if comparison.operator == .greaterOrEqual, let upper = upperEnd(of: comparison.register) {
            return "\(operand.text) \(try range(operand, value, upper))"
        }
        switch (comparison.operator, operand.form) {
        case (.equal, _), (.notEqual, _):
            return try equality(operand, value, isEqual: comparison.operator == .equal)
        case (_, .plain), (_, .swapped):
            return "\(operand.text) \(comparison.operator.word) \(try ordered(operand, value))"
        default: throw .unwritable("an order among changed bits")
        }
    }

    mutating func text(_ range: RangeComparison) throws(NFTablesError) -> String {
        let operand = try registers.take(range.register)
        let text = try self.range(operand, range.lower, range.upper)
        return "\(operand.text) \(range.isInverted ? "!= " : "")\(text)"
    }

    /// nft writes the inside of a range as two comparisons.
    private mutating func upperEnd(of register: Register) -> Value? {
        next {
            guard case .comparison(let comparison) = $0, comparison.register == register,
                comparison.operator == .lessOrEqual
            else { return nil }
            return comparison.value
        }
    }

    private func range(
        _ operand: Operand, _ lower: Value, _ upper: Value
    ) throws(NFTablesError) -> String {
        "\(try ordered(operand, lower))-\(try ordered(operand, upper))"
    }

    /// A value for a comparison by order, which the kernel makes byte by byte.
    private func ordered(_ operand: Operand, _ value: Value) throws(NFTablesError) -> String {
        guard let type = operand.type else { throw .unwritable("an order of \(operand.text)") }
        switch operand.form {
        case .plain where type.byteOrder == .network || type.length == 1:
            return try type.text(value)
        case .swapped: return try type.text(value.reversed)
        default: throw .unwritable("an order of \(operand.text)")
        }
    }
}

extension RuleText {
    private mutating func equality(
        _ operand: Operand, _ value: Value, isEqual: Bool
    ) throws(NFTablesError) -> String {
        let type = operand.type ?? .integer(length: operand.length, .host)
        let implicit = isEqual ? " " : " != "
        switch operand.form {
        case .plain:
            if isEqual { try facts.note(operand.text, equals: value) }
            // Without an operator nft tests whether one of the bits is set.
            let sign = type.isBitmask && isEqual ? " == " : implicit
            return "\(operand.text)\(sign)\(try type.text(value))"
        case .leading:
            return "\(operand.text)\(implicit)\(try prefix(value, operand.length, type))"
        case .masked(let whole, let mask):
            if let bits = try bits(mask, value, type, isEqual) { return "\(whole) \(bits)" }
            if let network = try network(mask, value, type) {
                return "\(whole)\(implicit)\(network)"
            }
            fallthrough
        case .computed:
            return "\(operand.text) \(isEqual ? "==" : "!=") \(try type.bitsText(value))"
        case .constant, .swapped, .mapped:
            throw .unwritable("a comparison of \(operand.text)")
        }
    }

    /// A comparison of an address's first bytes, as the network it asks for.
    private func prefix(
        _ value: Value, _ length: Int, _ type: DataType
    ) throws(NFTablesError) -> String {
        guard value.count == length else { throw .unwritable("a value of the wrong size") }
        let whole = Value((0..<type.length).map { $0 < length ? value[$0] : 0 })
        return "\(try DataType.address(whole))/\(8 * length)"
    }

    /// A comparison under a mask, as the network it asks for.
    private func network(
        _ mask: Value, _ value: Value, _ type: DataType
    ) throws(NFTablesError) -> String? {
        guard type == .ipv4Address || type == .ipv6Address, !mask.isZero,
            let network = CIDR(
                try DataType.address(value), netmask: try DataType.address(mask)),
            network.isNetwork
        else { return nil }
        return "\(network)"
    }

    /// "Any of these bits", which nft writes by their names alone.
    private func bits(
        _ mask: Value, _ value: Value, _ type: DataType, _ isEqual: Bool
    ) throws(NFTablesError) -> String? {
        guard !isEqual, value.isZero else { return nil }
        return try type.names(ofBits: mask)
    }
}

extension Comparison.Operator {
    fileprivate var word: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
