import CMnl

/// How full the connection table is.
package struct ConntrackUsage: Hashable, Sendable {
    package private(set) var entries: UInt32 = 0
    /// The limit (net.netfilter.nf_conntrack_max), where the kernel tells it.
    package private(set) var limit: UInt32?
}

extension ConntrackUsage: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard Int(message.type) == IPCTNL_MSG_CT_GET_STATS.messageType else { return nil }
        var attributes = message.attributes(after: nfgenmsg.self)
        while let attribute = try attributes.next() {
            switch attribute.type {
            case CTA_STATS_GLOBAL_ENTRIES: entries = try attribute.network()
            case CTA_STATS_GLOBAL_MAX_ENTRIES: limit = try attribute.network()
            default: break
            }
        }
    }
}

extension Query where Value == ConntrackUsage {
    package static var conntrackUsage: Query {
        Query(
            Request("get connection count", type: IPCTNL_MSG_CT_GET_STATS.messageType) {
                $0.putFixed(nfgenmsg())
            })
    }
}
