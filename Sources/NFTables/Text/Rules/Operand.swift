/// What registers hold at some point of a rule: an expression in nft's words.
struct Operand {
    enum Form {
        /// A field, a property or a generated number.
        case plain
        case constant(Value)
        /// Only the first bytes of an address, which nft loads to compare a prefix.
        case leading
        /// Some bits of a plain operand, by the text of the whole.
        case masked(whole: String, mask: Value)
        /// Any other change of bits.
        case computed
        /// A number turned into network order, which nft does by itself to compare ranges.
        case swapped
        /// What a map holds for a key, which may say the transport protocol.
        case mapped(byTransport: Bool)
    }

    var text: String
    /// Nil for numbers that nft takes for any type.
    var type: DataType?
    /// Bytes it takes, before padding.
    var length: Int
    var form = Form.plain

    /// Whether it needs parentheses beside others; 1.0.6 lists it bare, which it cannot read.
    var isCompound: Bool {
        switch form {
        case .masked, .computed: true
        default: false
        }
    }

    /// The operand as something of a type.
    func text(as wanted: DataType?) throws(NFTablesError) -> String {
        switch form {
        case .constant(let value):
            guard let wanted else { throw .unwritable("a constant of unknown type") }
            return try wanted.text(value)
        case .leading, .swapped: throw .unwritable("a part of \(text), or its other byte order")
        case .plain, .masked, .computed, .mapped:
            guard type == nil || wanted == nil || type == wanted else {
                throw .unwritable("\(text) where nft wants another type")
            }
            return text
        }
    }
}

/// The registers while a rule is read, by what was loaded into them.
struct SymbolicRegisters {
    private struct Slot {
        var operand: Operand
        var isUsed = false
    }

    private var slots = [Slot?](
        repeating: nil, count: Value.maximumLength / Value.registerSize)

    func holds(_ register: Register) -> Bool { slots[Int(register.index)] != nil }

    mutating func store(_ operand: Operand, in register: Register) {
        let start = Int(register.index)
        let end = min(start + Self.words(operand.length), slots.count)
        for index in 0..<end {
            guard let slot = slots[index] else { continue }
            if index >= start || index + Self.words(slot.operand.length) > start {
                slots[index] = nil
            }
        }
        slots[start] = Slot(operand: operand)
    }

    /// What a register holds; it counts as used from then on.
    mutating func operand(_ register: Register) throws(NFTablesError) -> Operand {
        guard let operand = slots[Int(register.index)]?.operand else {
            throw .unwritable("\(register), which nothing loads")
        }
        slots[Int(register.index)]?.isUsed = true
        return operand
    }

    /// What lies in a row: so many bytes, or what nobody used yet, up to another register.
    mutating func operands(
        from register: Register, length: Int?, before end: Register? = nil
    ) throws(NFTablesError) -> [Operand] {
        var operands = [try operand(register)]
        var words = Self.words(operands[0].length)
        let wanted = length.map(Self.words)
        let limit = end.map { Int($0.index) }
        while words < wanted ?? slots.count {
            let index = Int(register.index) + words
            guard index < slots.count, let slot = slots[index],
                wanted != nil || !slot.isUsed && index != limit
            else { break }
            operands.append(try operand(Register(index)))
            words += Self.words(slot.operand.length)
        }
        guard wanted == nil || words == wanted else {
            throw .unwritable("a key that is not as long as its set's")
        }
        return operands
    }

    private static func words(_ length: Int) -> Int {
        max(1, (length + Value.registerSize - 1) / Value.registerSize)
    }
}
