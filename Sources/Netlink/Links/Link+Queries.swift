import CMnl
package import Network

extension Query where Value == Link {
    /// The links of the namespace, or those of a kind or the ports of a bridge.
    package static func links(kind: LinkKind? = nil, master: LinkIndex? = nil) -> Query {
        Query(
            Request("list links", type: RTM_GETLINK, flags: NLM_F_DUMP) { writer in
                writer.putFixed(ifinfomsg())
                writer.leaveOutStatistics()
                if let master { writer.put(IFLA_MASTER, master.rawValue) }
                if let kind {
                    writer.nest(IFLA_LINKINFO) {
                        $0.put(IFLA_INFO_KIND, string: kind.rawValue)
                    }
                }
            })
    }

    package static var links: Query { links() }

    /// One link.
    package static func link(_ link: LinkSelector) -> Query {
        Query(
            Request("get link", "\(link)", type: RTM_GETLINK) { writer in
                writer.putFixed(link.header())
                link.write(to: &writer)
                writer.leaveOutStatistics()
            })
    }

    /// The link with a name, which may be one of its alternative names.
    package static func link(_ name: InterfaceName) -> Query { link(.name(name)) }
}

extension MessageWriter {
    /// Spares IPv6's counters, half of what there is to say about a link; its own always come.
    fileprivate mutating func leaveOutStatistics() {
        put(IFLA_EXT_MASK, UInt32(RTEXT_FILTER_SKIP_STATS))
    }
}
