/// The steps that rules are mostly made of, by short names.
extension Expression {
    package static let accept = Expression.immediate(.verdict(.accept))
    package static let drop = Expression.immediate(.verdict(.drop))
    package static let `return` = Expression.immediate(.verdict(.return))

    package static func jump(_ chain: String) -> Expression { .immediate(.verdict(.jump(chain))) }
    package static func goto(_ chain: String) -> Expression { .immediate(.verdict(.goto(chain))) }

    /// Loads a header field.
    package static func load(_ field: PacketField, into register: Register = 0) -> Expression {
        .payload(
            Payload(field.base, offset: field.offset, length: field.length, into: register))
    }

    package static func load(_ key: Meta.Key, into register: Register = 0) -> Expression {
        .meta(Meta(key, .load(into: register)))
    }

    package static func store(_ key: Meta.Key, from register: Register = 0) -> Expression {
        .meta(Meta(key, .store(from: register)))
    }

    package static func load(
        conntrack key: Conntrack.Key, side: Conntrack.Side? = nil, into register: Register = 0
    ) -> Expression {
        .conntrack(Conntrack(key, side: side, .load(into: register)))
    }

    package static func store(
        conntrack key: Conntrack.Key, from register: Register = 0
    ) -> Expression {
        .conntrack(Conntrack(key, .store(from: register)))
    }

    /// Puts a constant into registers.
    package static func load(_ value: Value, into register: Register = 0) -> Expression {
        .immediate(.value(value, into: register))
    }

    /// Goes on if the first register compares to the value as asked.
    package static func compare(
        _ operator: Comparison.Operator = .equal, _ value: Value
    ) -> Expression {
        .comparison(Comparison(0, `operator`, value))
    }

    /// Keeps only the bits of a mask in the first register.
    package static func mask(_ mask: Value) -> Expression { .bitwise(Bitwise(mask: mask)) }

    package static func lookup(
        _ set: String, key: Register = 0, _ use: Lookup.Use = .member
    ) -> Expression {
        .lookup(Lookup(set, key: key, use))
    }
}
