import CMnl

extension Request {
    /// Adds a forwarding entry that must not exist yet.
    package static func add(_ entry: ForwardingEntry) -> Request {
        change("add forwarding entry", entry, flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Adds a forwarding entry, or puts it in place of the one for its address.
    package static func replace(_ entry: ForwardingEntry) -> Request {
        change("replace forwarding entry", entry, flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    /// Adds one more remote for an address; packets for 00:00:00:00:00:00 go to all of them.
    package static func append(_ entry: ForwardingEntry) -> Request {
        change("append forwarding entry", entry, flags: NLM_F_CREATE | NLM_F_APPEND)
    }

    package static func delete(_ entry: ForwardingEntry) -> Request {
        Request("delete forwarding entry", "\(entry)", type: RTM_DELNEIGH) {
            entry.write(to: &$0)
        }
    }

    private static func change(
        _ operation: String, _ entry: ForwardingEntry, flags: Int32
    ) -> Request {
        Request(operation, "\(entry)", type: RTM_NEWNEIGH, flags: flags) {
            entry.write(to: &$0)
        }
    }
}

extension Query where Value == ForwardingEntry {
    /// The forwarding entries of the namespace, or those of a link or of a bridge's ports.
    package static func forwardingEntries(
        on link: LinkIndex? = nil, of bridge: LinkIndex? = nil
    ) -> Query {
        let subject = (link ?? bridge).map { "of \($0)" } ?? ""
        return Query(
            Request("list forwarding entries", subject, type: RTM_GETNEIGH, flags: NLM_F_DUMP) {
                writer in
                var header = ndmsg()
                header.ndm_family = ForwardingEntry.family
                header.ndm_ifindex = link?.header ?? 0
                writer.putFixed(header)
                if let bridge { writer.put(NDA_MASTER, bridge.rawValue) }
            })
    }

    package static var forwardingEntries: Query { forwardingEntries() }
}
