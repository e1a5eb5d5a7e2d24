extension RuleText {
    mutating func read(_ bitwise: Bitwise) throws(NFTablesError) {
        let source = try registers.take(bitwise.source)
        guard Int(bitwise.length) == source.length else {
            throw .unwritable("a change of some bytes of \(source.text)")
        }
        try registers.store(try changed(source, bitwise.operation), in: bitwise.destination)
    }

    private func changed(
        _ source: Operand, _ operation: Bitwise.Operation
    ) throws(NFTablesError) -> Operand {
        let base: String
        switch source.form {
        case .plain: base = source.text
        case .masked, .computed: base = "(\(source.text))"
        case .constant, .leading, .swapped, .mapped:
            throw .unwritable("changed bits of \(source.text)")
        }
        var result = source
        result.form = .computed
        switch operation {
        case .shiftLeft(let bits): result.text = "\(base) << \(bits)"
        case .shiftRight(let bits): result.text = "\(base) >> \(bits)"
        case .maskAndXor(let mask, let xor):
            let type = source.type ?? .integer(length: source.length, .host)
            result.text = base + (try text(mask, xor, type))
            if xor.isZero { result.form = .masked(whole: base, mask: mask) }
        }
        return result
    }

    /// `(value & mask) ^ xor` with the operators people write.
    private func text(
        _ mask: Value, _ xor: Value, _ type: DataType
    ) throws(NFTablesError) -> String {
        if xor.isZero { return " & \(try type.bitsText(mask))" }
        if mask.isAllOnes { return " ^ \(try type.bitsText(xor))" }
        if mask == xor.inverted { return " | \(try type.bitsText(xor))" }
        return " & \(try type.bitsText(mask)) ^ \(try type.bitsText(xor))"
    }

    /// nft turns numbers of the host's order around before it compares them as ranges.
    mutating func read(_ swap: ByteSwap) throws(NFTablesError) {
        var operand = try registers.take(swap.source)
        guard case .plain = operand.form, operand.type?.byteOrder == .host,
            swap.operation == .hostToNetwork, Int(swap.length) == operand.length,
            swap.size == swap.length
        else { throw .unwritable("a change of byte order that nft would not make") }
        operand.form = .swapped
        try registers.store(operand, in: swap.destination)
    }
}

extension Value {
    fileprivate var inverted: Value { Value((0..<count).map { ~self[$0] }) }
    var reversed: Value { Value((0..<count).reversed().map { self[$0] }) }
}
