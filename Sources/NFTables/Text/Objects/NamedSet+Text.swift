extension NamedSet {
    var nftNoun: String { isMap ? "map" : "set" }

    /// What makes the set, but not its elements: nft's lines.
    func nftProperties() throws(NFTablesError) -> [String] {
        var lines = [try typeText()]
        if prefersMemory { lines.append("policy memory") }
        if let size { lines.append("size \(size)") }
        let words = try flags.nftWords()
        if !words.isEmpty { lines.append("flags \(words.joined(separator: ","))") }
        for expression in expressions { lines.append(try expression.declarationText()) }
        if let timeout { lines.append("timeout \(nftDuration(milliseconds: timeout))") }
        if let interval = collectionInterval {
            lines.append("gc-interval \(nftDuration(milliseconds: UInt64(interval)))")
        }
        if let comment { lines.append("comment \(try comment.nftQuoted())") }
        return lines
    }

    private func typeText() throws(NFTablesError) -> String {
        let key = try key.nftName()
        switch data {
        case nil: return "type \(key)"
        case .verdict: return "type \(key) : verdict"
        case .value(let type): return "type \(key) : \(try type.nftName())"
        }
    }
}

extension Expression {
    /// What new elements get: it has not counted anything yet.
    fileprivate func declarationText() throws(NFTablesError) -> String {
        if case .counter = self { return "counter" }
        return try statefulText()
    }
}

extension ValueType {
    fileprivate func nftName() throws(NFTablesError) -> String {
        guard !parts.isEmpty, parts.allSatisfy(DataType.known.contains) else {
            throw .unwritable("type \(self)")
        }
        return description
    }
}

extension NamedSet.Flags {
    fileprivate func nftWords() throws(NFTablesError) -> [String] {
        let names: [(flag: NamedSet.Flags, word: String)] = [
            (.constant, "constant"), (.dynamic, "dynamic"), (.interval, "interval"),
            (.timeout, "timeout"),
        ]
        let named = names.filter { contains($0.flag) }
        guard NamedSet.Flags(named.map(\.flag)) == self else {
            throw .unwritable("set flags")
        }
        return named.map(\.word)
    }
}
