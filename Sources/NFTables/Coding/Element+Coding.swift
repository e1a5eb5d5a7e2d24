import CNftnl
import Netlink

extension Element {
    /// Writes the element as the kernel's set wants it: whole, or as begin and end.
    func write(
        into writer: inout MessageWriter, splittingInterval: Bool
    ) throws(NFTablesError) {
        try writeOne(into: &writer, keyEnd: splittingInterval ? nil : keyEnd)
        guard splittingInterval, !isCatchAll, let after = (keyEnd ?? key).successor else { return }
        let nest = writer.beginNest(NFTA_LIST_ELEM)
        writer.put(NFTA_SET_ELEM_FLAGS, number: NFT_SET_ELEM_INTERVAL_END.rawValue)
        writer.put(NFTA_SET_ELEM_KEY, value: after.bytes)
        writer.end(nest)
    }

    private func writeOne(
        into writer: inout MessageWriter, keyEnd: Value?
    ) throws(NFTablesError) {
        let nest = writer.beginNest(NFTA_LIST_ELEM)
        if isCatchAll {
            writer.put(NFTA_SET_ELEM_FLAGS, number: Self.catchAllFlag)
        } else {
            writer.put(NFTA_SET_ELEM_KEY, value: key.bytes)
        }
        if let keyEnd { writer.put(NFTA_SET_ELEM_KEY_END, value: keyEnd.bytes) }
        switch data {
        case .value(let value): writer.put(NFTA_SET_ELEM_DATA, value: value.bytes)
        case .verdict(let verdict): try writer.putChecked(NFTA_SET_ELEM_DATA, verdict: verdict)
        case nil: break
        }
        if let timeout { writer.put(NFTA_SET_ELEM_TIMEOUT, number: timeout) }
        try writeRarities(into: &writer)
        writer.end(nest)
    }

    private func writeRarities(into writer: inout MessageWriter) throws(NFTablesError) {
        if let comment { try writer.put(NFTA_SET_ELEM_USERDATA, comment: comment) }
        if expressions.count == 1 {
            try writer.put(NFTA_SET_ELEM_EXPR, expression: expressions[0])
        } else if !expressions.isEmpty {
            try writer.put(NFTA_SET_ELEM_EXPRESSIONS, expressions: expressions)
        }
    }

    /// NFT_SET_ELEM_CATCHALL, which older kernel headers lack.
    private static let catchAllFlag: UInt32 = 2
}

/// An element as the kernel stores it: in a set of intervals, begins and ends are apart.
struct StoredElement {
    var element: Element
    var isIntervalEnd: Bool

    init(_ attributes: borrowing AttributeTable) throws(NetlinkError) {
        let flags: UInt32 = try attributes.number(NFTA_SET_ELEM_FLAGS) ?? 0
        isIntervalEnd = flags & NFT_SET_ELEM_INTERVAL_END.rawValue != 0
        // Without a key it is the catch-all element.
        let key = try attributes.value(NFTA_SET_ELEM_KEY) ?? Value()
        let keyEnd = try attributes.value(NFTA_SET_ELEM_KEY_END)
        element = Element(
            key, through: keyEnd == key ? nil : keyEnd, try Self.data(attributes),
            timeout: try attributes.number(NFTA_SET_ELEM_TIMEOUT),
            comment: attributes.comment(NFTA_SET_ELEM_USERDATA),
            expressions: try attributes.expressions(
                one: NFTA_SET_ELEM_EXPR, many: NFTA_SET_ELEM_EXPRESSIONS))
        element.expiration = try attributes.number(NFTA_SET_ELEM_EXPIRATION)
    }

    private static func data(
        _ attributes: borrowing AttributeTable
    ) throws(NetlinkError) -> Element.Data? {
        guard let data = try attributes.table(NFTA_SET_ELEM_DATA) else { return nil }
        if let verdict = try data.verdict { return .verdict(verdict) }
        return try data.value.map { .value($0) }
    }

    /// Reads the elements of one message.
    static func list(_ message: borrowing Message) throws(NetlinkError) -> [StoredElement] {
        guard let content = try message.table().bytes(NFTA_SET_ELEM_LIST_ELEMENTS) else {
            return []
        }
        var elements = [StoredElement]()
        var attributes = Attributes(content)
        while let attribute = try attributes.next() {
            elements.append(try StoredElement(AttributeTable(attribute.bytes)))
        }
        return elements
    }
}
