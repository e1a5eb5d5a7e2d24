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

/// The registers while a rule is read, by what was loaded into them and not used yet.
///
/// nft loads what a statement needs right before it and only for it. Every other order may mean
/// something else than the words in a row do, so none is taken.
struct SymbolicRegisters {
    private var operands = [Operand?](
        repeating: nil, count: Value.maximumLength / Value.registerSize)

    /// Whether nothing waits to be used.
    var isEmpty: Bool { operands.allSatisfy { $0 == nil } }

    subscript(register: Register) -> Operand? { operands[Int(register.index)] }

    mutating func store(_ operand: Operand, in register: Register) throws(NFTablesError) {
        let start = Int(register.index)
        let end = start + Self.words(operand.length)
        for (index, other) in operands.enumerated() {
            guard let other else { continue }
            guard index >= end || index + Self.words(other.length) <= start else {
                throw .unwritable("\(other.text), which nothing uses")
            }
        }
        operands[start] = operand
    }

    /// Takes what a register holds.
    mutating func take(_ register: Register) throws(NFTablesError) -> Operand {
        guard let operand = operands[Int(register.index)] else {
            throw .unwritable("\(register), which nothing loads")
        }
        operands[Int(register.index)] = nil
        return operand
    }

    /// Takes what lies in a row: so many bytes, or all there is, up to another register.
    mutating func take(
        from register: Register, length: Int?, before end: Register? = nil
    ) throws(NFTablesError) -> [Operand] {
        var taken = [try take(register)]
        var words = Self.words(taken[0].length)
        let wanted = length.map(Self.words)
        let limit = end.map { Int($0.index) }
        while words < wanted ?? operands.count {
            let index = Int(register.index) + words
            guard index < operands.count, index != limit, let operand = operands[index] else {
                break
            }
            taken.append(operand)
            operands[index] = nil
            words += Self.words(operand.length)
        }
        guard wanted == nil || words == wanted else {
            throw .unwritable("a key that is not as long as its set's")
        }
        return taken
    }

    private static func words(_ length: Int) -> Int {
        max(1, (length + Value.registerSize - 1) / Value.registerSize)
    }
}
