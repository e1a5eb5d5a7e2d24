import CMnl

extension Request {
    /// Adds a qdisc where none but the kernel's own is yet.
    package static func add(_ qdisc: Qdisc) -> Request {
        change("add qdisc", qdisc, flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Adds a qdisc, or puts it in place of the one that is there.
    package static func replace(_ qdisc: Qdisc) -> Request {
        change("replace qdisc", qdisc, flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    package static func delete(_ qdisc: Qdisc) -> Request {
        Request("delete qdisc", "\(qdisc)", type: RTM_DELQDISC) { writer in
            writer.putFixed(qdisc.header)
        }
    }

    private static func change(_ operation: String, _ qdisc: Qdisc, flags: Int32) -> Request {
        Request(operation, "\(qdisc)", type: RTM_NEWQDISC, flags: flags) {
            qdisc.write(to: &$0)
        }.needing(.qdiscs(qdisc.kind.name))
    }

    /// Adds a filter; the qdisc it belongs to must be there.
    package static func add(_ filter: TrafficFilter) -> Request {
        Request(
            "add filter", "\(filter)", type: RTM_NEWTFILTER, flags: NLM_F_CREATE | NLM_F_EXCL
        ) { filter.write(to: &$0) }.needing(.filters(filter.classifier.name))
    }

    /// Deletes all filters with a filter's place and priority.
    package static func delete(_ filter: TrafficFilter) -> Request {
        Request("delete filter", "\(filter)", type: RTM_DELTFILTER) { writer in
            writer.putFixed(filter.header)
            writer.put(TCA_KIND, string: filter.classifier.name)
        }
    }
}

extension Query where Value == Qdisc {
    /// The qdiscs of all links: the kernel cannot choose among them.
    package static var qdiscs: Query {
        Query(
            Request("list qdiscs", type: RTM_GETQDISC, flags: NLM_F_DUMP) {
                $0.putFixed(tcmsg())
            })
    }

    /// The qdisc at one place of a link.
    package static func qdisc(at parent: TrafficHandle, on link: LinkIndex) -> Query {
        Query(
            Request(
                "get qdisc", "at \(parent) on \(link)", type: RTM_GETQDISC, flags: NLM_F_ECHO
            ) { writer in
                var header = tcmsg()
                header.tcm_ifindex = link.header
                header.tcm_parent = parent.rawValue
                writer.putFixed(header)
            })
    }
}

extension Query where Value == TrafficFilter {
    /// The filters at one place of a link.
    package static func filters(at parent: TrafficHandle, on link: LinkIndex) -> Query {
        Query(
            Request("list filters", "of \(link)", type: RTM_GETTFILTER, flags: NLM_F_DUMP) {
                writer in
                var header = tcmsg()
                header.tcm_ifindex = link.header
                header.tcm_parent = parent.rawValue
                writer.putFixed(header)
            })
    }
}
