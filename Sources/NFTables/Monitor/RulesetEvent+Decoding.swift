import CNftnl
import Netlink
import Platform

// Of what is removed the kernel tells little more than the name.

extension TableName {
    init?(removed message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        self.init(family, try message.table().requireString(NFTA_TABLE_NAME))
    }
}

extension ChainName {
    init?(removed message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        self.init(
            TableName(family, try attributes.requireString(NFTA_CHAIN_TABLE)),
            try attributes.requireString(NFTA_CHAIN_NAME))
    }
}

extension SetName {
    init?(removed message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        self.init(
            TableName(family, try attributes.requireString(NFTA_SET_TABLE)),
            try attributes.requireString(NFTA_SET_NAME))
    }
}

extension RulesetEvent.Elements {
    init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        let table = TableName(family, try attributes.requireString(NFTA_SET_ELEM_LIST_TABLE))
        let stored = try StoredElement.list(message)
        self.init(
            set: SetName(table, try attributes.requireString(NFTA_SET_ELEM_LIST_SET)),
            list: ElementList(stored.lazy.filter { !$0.isIntervalEnd }.map(\.element)),
            ends: stored.filter(\.isIntervalEnd).map(\.element.key))
    }
}

extension RulesetEvent.Generation {
    init(_ message: borrowing Message) throws(NetlinkError) {
        let attributes = try message.table()
        let process: UInt32 = try attributes.number(NFTA_GEN_PROC_PID) ?? 0
        self.init(
            number: try attributes.require(NFTA_GEN_ID),
            process: ProcessID(rawValue: Int32(bitPattern: process)),
            processName: try attributes.string(NFTA_GEN_PROC_NAME) ?? "")
    }
}
