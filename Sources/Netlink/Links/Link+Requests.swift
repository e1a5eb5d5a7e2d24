import CMnl

extension Request {
    /// Creates a link, and with it the other end of a pair.
    package static func create(_ link: NewLink) -> Request { create(link, flags: 0) }

    static func create(_ link: NewLink, flags: Int32) -> Request {
        let request = Request(
            "create \(link.kind.name) link", "\(link.end.name)", type: RTM_NEWLINK,
            flags: NLM_F_CREATE | NLM_F_EXCL | flags
        ) { link.write(to: &$0) }
        let withKind = request.needing(.links(link.kind.name))
        guard case .bridge(let bridge) = link.kind, bridge.needsVLANs else { return withKind }
        return withKind.needing(.bridgeVLANFiltering)
    }

    /// Deletes a link, and with it the other end of a pair.
    package static func delete(_ link: LinkSelector) -> Request {
        Request("delete link", "\(link)", type: RTM_DELLINK) { writer in
            writer.putFixed(link.header())
            link.write(to: &writer)
        }
    }

    /// Deletes all links of a group with one request.
    package static func deleteLinks(of group: LinkGroup) -> Request {
        Request("delete links of group", "\(group.rawValue)", type: RTM_DELLINK) { writer in
            writer.putFixed(ifinfomsg())
            writer.put(IFLA_GROUP, group.rawValue)
        }
    }
}
