import CNftnl
import Netlink

extension NamedSet {
    /// What nft keeps with a set, by enum nftnl_udata_set_types.
    private enum Note {
        static let keyByteOrder: UInt8 = 0
        static let dataByteOrder: UInt8 = 1
        static let comment: UInt8 = 7
    }

    /// The id by which commands of one transaction could name the set; Weft names sets by name.
    private static let transactionID: UInt32 = 1

    func write(into writer: inout MessageWriter) throws(NFTablesError) {
        writer.put(NFTA_SET_TABLE, string: name.table.name)
        writer.put(NFTA_SET_NAME, string: name.name)
        writer.put(NFTA_SET_FLAGS, number: allFlags)
        writer.put(NFTA_SET_KEY_TYPE, number: key.number)
        writer.put(NFTA_SET_KEY_LEN, number: UInt32(key.length))
        writeData(into: &writer)
        if prefersMemory { writer.put(NFTA_SET_POLICY, number: NFT_SET_POL_MEMORY.rawValue) }
        writeDescription(into: &writer)
        writer.put(NFTA_SET_ID, number: Self.transactionID)
        if let timeout { writer.put(NFTA_SET_TIMEOUT, number: timeout) }
        if let collectionInterval {
            writer.put(NFTA_SET_GC_INTERVAL, number: collectionInterval)
        }
        let notes = try notes()
        writer.put(NFTA_SET_USERDATA, bytes: notes.span)
        try writeExpressions(into: &writer)
    }

    private func writeData(into writer: inout MessageWriter) {
        switch data {
        case .verdict:
            writer.put(NFTA_SET_DATA_TYPE, number: NFT_DATA_VERDICT.rawValue)
        case .value(let type):
            writer.put(NFTA_SET_DATA_TYPE, number: type.number)
            writer.put(NFTA_SET_DATA_LEN, number: UInt32(type.length))
        case nil: break
        }
    }

    private func writeDescription(into writer: inout MessageWriter) {
        let nest = writer.beginNest(NFTA_SET_DESC)
        if let size { writer.put(NFTA_SET_DESC_SIZE, number: size) }
        if key.isConcatenation, flags.contains(.interval) {
            let fields = writer.beginNest(NFTA_SET_DESC_CONCAT)
            for part in key.parts {
                let field = writer.beginNest(NFTA_LIST_ELEM)
                writer.put(NFTA_SET_FIELD_LEN, number: UInt32(part.length))
                writer.end(field)
            }
            writer.end(fields)
        }
        writer.end(nest)
    }

    private func notes() throws(NFTablesError) -> [UInt8] {
        var notes = UserData()
        notes.put(Note.keyByteOrder, number: key.byteOrder.rawValue)
        if case .value(let type) = data {
            notes.put(Note.dataByteOrder, number: type.byteOrder.rawValue)
        }
        if let comment {
            try Comment.validate(comment)
            notes.put(Note.comment, text: comment)
        }
        return notes.bytes
    }

    private func writeExpressions(into writer: inout MessageWriter) throws(NFTablesError) {
        guard expressions.count <= Expression.maximumPerElement else {
            throw NFTablesError(
                .invalid, "add set \(name)",
                text: "elements carry at most \(Expression.maximumPerElement) expressions")
        }
        guard !expressions.isEmpty else { return }
        // One goes into the attribute that kernels before 5.11 know, too.
        if expressions.count > 1 {
            try writer.put(NFTA_SET_EXPRESSIONS, expressions: expressions)
        } else {
            try writer.put(NFTA_SET_EXPR, expression: expressions[0])
        }
    }
}

extension NamedSet {
    init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        let table = TableName(family, try attributes.requireString(NFTA_SET_TABLE))
        let bits: UInt32 = try attributes.number(NFTA_SET_FLAGS) ?? 0
        let policy: UInt32 = try attributes.number(NFTA_SET_POLICY) ?? 0
        self.init(
            SetName(table, try attributes.requireString(NFTA_SET_NAME)),
            key: ValueType(
                number: try attributes.number(NFTA_SET_KEY_TYPE) ?? 0,
                length: Int(try attributes.require(NFTA_SET_KEY_LEN, as: UInt32.self))),
            data: try Self.data(attributes),
            flags: Flags(rawValue: bits).subtracting(.derived),
            size: try attributes.table(NFTA_SET_DESC)?.number(NFTA_SET_DESC_SIZE),
            timeout: try attributes.number(NFTA_SET_TIMEOUT),
            collectionInterval: try attributes.number(NFTA_SET_GC_INTERVAL),
            prefersMemory: policy == NFT_SET_POL_MEMORY.rawValue,
            expressions: try attributes.expressions(
                one: NFTA_SET_EXPR, many: NFTA_SET_EXPRESSIONS),
            comment: attributes.comment(NFTA_SET_USERDATA, note: Note.comment))
    }

    private static func data(_ attributes: borrowing AttributeTable) throws(NetlinkError) -> Data? {
        guard let type: UInt32 = try attributes.number(NFTA_SET_DATA_TYPE) else { return nil }
        if type == NFT_DATA_VERDICT.rawValue { return .verdict }
        let length: UInt32 = try attributes.require(NFTA_SET_DATA_LEN)
        return .value(ValueType(number: type, length: Int(length)))
    }
}
