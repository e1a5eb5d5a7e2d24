extension Expression {
    /// NFT_SET_EXPR_MAX: the expressions one set element can carry.
    static let maximumPerElement = 2

    /// Throws for what no message can carry.
    func validate() throws(NFTablesError) {
        switch self {
        case .lookup(let lookup): try Name.validate(lookup.set, of: "set")
        case .immediate(.verdict(let verdict)):
            if let chain = verdict.chain { try Name.validate(chain, of: "chain") }
        case .immediate(.value(let value, _)): try value.validate()
        case .comparison(let comparison): try comparison.value.validate()
        case .log(let log): try log.validate()
        case .dynamicSet(let dynamic): try dynamic.validate()
        case .unknown:
            throw NFTablesError(
                .unsupported, "write expression \(name)", text: "Weft cannot write it")
        default: break
        }
    }
}

extension Value {
    fileprivate func validate() throws(NFTablesError) {
        if count == 0 {
            throw NFTablesError(.invalid, "write expression", text: "an empty value")
        }
    }
}

extension PacketLog {
    fileprivate func validate() throws(NFTablesError) {
        guard let prefix else { return }
        if prefix.utf8.count > Self.maximumPrefixLength || prefix.utf8.contains(0) {
            throw NFTablesError(
                .invalid, "write expression log",
                text: "the prefix has more than \(Self.maximumPrefixLength) bytes or holds NUL")
        }
    }
}

extension DynamicSet {
    fileprivate func validate() throws(NFTablesError) {
        try Name.validate(set, of: "set")
        if expressions.count > Expression.maximumPerElement {
            throw NFTablesError(
                .invalid, "write expression dynset",
                text: "an element carries at most \(Expression.maximumPerElement) expressions")
        }
        for expression in expressions {
            if case .dynamicSet = expression {
                throw NFTablesError(
                    .invalid, "write expression dynset", text: "an element carries no set")
            }
            try expression.validate()
        }
    }
}
