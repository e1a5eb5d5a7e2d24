import CNftnl
import Netlink

extension ElementList.Packed {
    /// Writes the element as the kernel's set wants it: whole, or as begin and end.
    func write(
        into writer: inout MessageWriter, splittingInterval: Bool
    ) throws(NFTablesError) {
        let nest = writer.beginNest(NFTA_LIST_ELEM)
        if key.isEmpty {
            writer.put(NFTA_SET_ELEM_FLAGS, number: Self.catchAllFlag)
        } else {
            writer.put(NFTA_SET_ELEM_KEY, value: key)
        }
        if let keyEnd, !splittingInterval { writer.put(NFTA_SET_ELEM_KEY_END, value: keyEnd) }
        if let value { writer.put(NFTA_SET_ELEM_DATA, value: value) }
        if let verdict {
            writer.put(NFTA_SET_ELEM_DATA, verdict: verdict.code, chain: verdict.chain)
        }
        if let rarity { try rarity.write(into: &writer) }
        writer.end(nest)
        if splittingInterval { writeEnd(into: &writer) }
    }

    /// The key after the last; an interval up to the largest key has none.
    private func writeEnd(into writer: inout MessageWriter) {
        var last = Value(bytes: key)
        if let keyEnd { last = Value(bytes: keyEnd) }
        guard !key.isEmpty, let after = last.successor else { return }
        let nest = writer.beginNest(NFTA_LIST_ELEM)
        writer.put(NFTA_SET_ELEM_FLAGS, number: NFT_SET_ELEM_INTERVAL_END.rawValue)
        writer.put(NFTA_SET_ELEM_KEY, value: after.bytes)
        writer.end(nest)
    }

    /// NFT_SET_ELEM_CATCHALL, which older kernel headers lack.
    private static var catchAllFlag: UInt32 { 2 }
}

extension ElementList.Rarity {
    fileprivate func write(into writer: inout MessageWriter) throws(NFTablesError) {
        if let timeout { writer.put(NFTA_SET_ELEM_TIMEOUT, number: timeout) }
        if let comment { try writer.put(NFTA_SET_ELEM_USERDATA, comment: comment) }
        if expressions.count == 1 {
            try writer.put(NFTA_SET_ELEM_EXPR, expression: expressions[0])
        } else if !expressions.isEmpty {
            try writer.put(NFTA_SET_ELEM_EXPRESSIONS, expressions: expressions)
        }
    }
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
