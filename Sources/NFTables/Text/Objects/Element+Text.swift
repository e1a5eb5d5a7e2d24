extension NamedSet {
    var elementTypes: ElementTypes {
        ElementTypes(key: key, data: data, hasIntervals: flags.contains(.interval))
    }
}

/// What the bytes of a set's elements mean.
struct ElementTypes: Hashable, Sendable {
    var key: ValueType
    var data: NamedSet.Data?
    var hasIntervals: Bool

    func text(_ element: Element) throws(NFTablesError) -> String {
        var text = try keyText(element)
        for expression in element.expressions { text += " \(try expression.statefulText())" }
        if let timeout = element.timeout {
            text += " timeout \(nftDuration(milliseconds: timeout))"
        }
        if let expiration = element.expiration {
            text += " expires \(nftDuration(milliseconds: expiration))"
        }
        if let comment = element.comment { text += " comment \(try comment.nftQuoted())" }
        return text + (try dataText(element))
    }

    func keyText(_ element: Element) throws(NFTablesError) -> String {
        if element.isCatchAll { return "*" }
        guard !hasIntervals || key.parts.allSatisfy({ $0.byteOrder == .network }) else {
            // nft keeps these keys in the other byte order.
            throw .unwritable("intervals of type \(key)")
        }
        return try key.text(from: element.key, through: element.keyEnd ?? element.key)
    }

    private func dataText(_ element: Element) throws(NFTablesError) -> String {
        switch (element.data, data) {
        case (nil, _): ""
        case (.verdict(let verdict), _): " : \(try verdict.nftText())"
        case (.value(let value), .value(let type)): " : \(try type.text(value))"
        case (.value, _): throw .unwritable("data of unknown type")
        }
    }
}
