/// Reads a rule's expressions as nft reads them: by what registers hold, one statement after another.
struct RuleText {
    let family: Family
    let sets: KnownSets
    var registers = SymbolicRegisters()
    var facts: PacketFacts
    private var rest: ArraySlice<Expression>
    private var statements: [String] = []

    private init(_ expressions: [Expression], _ family: Family, _ sets: KnownSets) {
        self.family = family
        self.sets = sets
        facts = PacketFacts(family)
        rest = expressions[...]
    }

    /// The rule's statements and its comment.
    static func text(_ rule: Rule, _ sets: KnownSets) throws(NFTablesError) -> String {
        var reader = RuleText(rule.expressions, rule.chain.table.family, sets)
        while let expression = reader.rest.popFirst() { try reader.read(expression) }
        var statements = reader.statements
        if let comment = rule.comment { statements.append("comment \(try comment.nftQuoted())") }
        guard !statements.isEmpty, reader.registers.isEmpty else {
            throw .unwritable("a load without a statement")
        }
        return statements.joined(separator: " ")
    }

    /// Ends a statement, which has used all that was loaded.
    mutating func write(_ statement: String) throws(NFTablesError) {
        guard registers.isEmpty else {
            throw .unwritable("something loaded before \"\(statement)\" and used behind it")
        }
        statements.append(statement)
    }

    /// Takes the next expression if it is of a kind.
    mutating func next<Part>(_ part: (Expression) -> Part?) -> Part? {
        guard let first = rest.first, let found = part(first) else { return nil }
        rest.removeFirst()
        return found
    }
}

extension RuleText {
    private mutating func read(_ expression: Expression) throws(NFTablesError) {
        switch expression {
        case .payload(let payload): try load(facts.operand(payload), into: payload.register)
        case .meta(let meta): try read(meta)
        case .conntrack(let conntrack): try read(conntrack)
        case .fib(let fib): try load(try fib.operand(), into: fib.register)
        case .socket(let socket): try load(try socket.operand(), into: socket.register)
        case .numberGenerator(let numgen): try load(numgen.operand, into: numgen.register)
        case .hash(let hash): try load(try hash.operand(&registers), into: hash.register)
        case .immediate(let immediate): try read(immediate)
        case .bitwise(let bitwise): try read(bitwise)
        case .byteOrder(let swap): try read(swap)
        case .comparison(let comparison): try write(try text(comparison))
        case .range(let range): try write(try text(range))
        case .lookup(let lookup): try read(lookup)
        default: try write(try statement(expression))
        }
    }

    private mutating func statement(_ expression: Expression) throws(NFTablesError) -> String {
        switch expression {
        case .dynamicSet(let change): try text(change)
        case .nat(let nat): try text(nat)
        case .masquerade(let masquerade):
            "masquerade\(try ports(masquerade.port))\(try masquerade.flags.nftText())"
        case .redirect(let redirect):
            "redirect\(try ports(redirect.port))\(try redirect.flags.nftText())"
        case .reject(let reject): try text(reject)
        case .noTrack: "notrack"
        case .log(let log): try log.nftText()
        default: try expression.statefulText()
        }
    }

    private mutating func load(
        _ operand: Operand, into register: Register
    ) throws(NFTablesError) {
        try registers.store(operand, in: register)
    }

    private mutating func read(_ immediate: Immediate) throws(NFTablesError) {
        switch immediate {
        case .verdict(let verdict): try write(try verdict.nftText())
        case .value(let value, let register):
            let text = "\(value)"
            try load(
                Operand(text: text, type: nil, length: value.count, form: .constant(value)),
                into: register)
        }
    }

    private mutating func read(_ meta: Meta) throws(NFTablesError) {
        let property = try meta.key.operand()
        switch meta.direction {
        case .load(let register):
            try requireFamilies(meta.key)
            try load(property, into: register)
        case .store(let register): try set(property, from: register)
        }
    }

    /// nft refuses, or leaves out, the question for what the table says already.
    private func requireFamilies(_ key: Meta.Key) throws(NFTablesError) {
        let isOne = family == .ip || family == .ip6
        if key == .nfProtocol && family != .inet || key == .protocol && isOne {
            throw .unwritable("the family of packets in a table of one")
        }
    }

    private mutating func read(_ conntrack: Conntrack) throws(NFTablesError) {
        let property = try conntrack.operand(facts)
        switch conntrack.direction {
        case .load(let register): try load(property, into: register)
        case .store(let register): try set(property, from: register)
        }
    }

    private mutating func set(
        _ property: Operand, from register: Register
    ) throws(NFTablesError) {
        let value = try registers.take(register)
        // "set" makes "iif" and the like ambiguous; nothing but the kernel can set them anyway.
        try write("\(property.text) set \(try value.text(as: property.type))")
    }
}
