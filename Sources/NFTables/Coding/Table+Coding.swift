import CMnl
import CNftnl
import Netlink

extension Table {
    func write(into writer: inout MessageWriter) throws(NFTablesError) {
        writer.put(NFTA_TABLE_NAME, string: name.name)
        writer.put(NFTA_TABLE_FLAGS, number: flags.rawValue)
        if let comment { try writer.put(NFTA_TABLE_USERDATA, comment: comment) }
    }

    init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        self.init(
            TableName(family, try attributes.requireString(NFTA_TABLE_NAME)),
            flags: Flags(rawValue: try attributes.number(NFTA_TABLE_FLAGS) ?? 0),
            comment: attributes.comment(NFTA_TABLE_USERDATA))
    }
}

extension Message {
    /// The netfilter header in front of every nf_tables message's attributes.
    var netfilterHeader: nfgenmsg {
        get throws(NetlinkError) { try fixed(nfgenmsg.self) }
    }

    /// The family of the object; nil for one that is not known here.
    var family: Family? {
        get throws(NetlinkError) { Family(rawValue: try netfilterHeader.nfgen_family) }
    }

    /// The attributes behind the netfilter header.
    @_lifetime(copy self)
    func table() throws(NetlinkError) -> AttributeTable {
        let size = min(payload.count, MemoryLayout<nfgenmsg>.size)
        return try AttributeTable(payload.extracting(size..<payload.count))
    }
}
