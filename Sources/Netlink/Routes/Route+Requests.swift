import CMnl
package import Network

extension Request {
    /// Adds a route that must not exist yet.
    package static func add(_ route: Route) -> Request {
        change("add route", route, flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Adds a route, or puts it in place of the one with its destination, table and metric.
    package static func replace(_ route: Route) -> Request {
        change("replace route", route, flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    /// Adds a route behind others with its destination; in IPv6 as one more next hop of theirs.
    package static func append(_ route: Route) -> Request {
        change("append route", route, flags: NLM_F_CREATE | NLM_F_APPEND)
    }

    /// Deletes a route; `unspecified` type and origin, `nowhere` scope and no hops match any.
    package static func delete(_ route: Route) -> Request {
        Request("delete route", "\(route)", type: RTM_DELROUTE) { route.write(to: &$0) }
    }

    private static func change(_ operation: String, _ route: Route, flags: Int32) -> Request {
        Request(operation, "\(route)", type: RTM_NEWROUTE, flags: flags) {
            route.write(to: &$0)
        }
    }
}

extension Query where Value == Route {
    /// The routes of a family, all or those that agree with what is given.
    package static func routes(
        _ family: IPFamily, table: RouteTable? = nil, origin: RouteProtocol? = nil,
        type: RouteType? = nil, on link: LinkIndex? = nil
    ) -> Query {
        let request = Request(
            "list routes", table.map { "in \($0)" } ?? "", type: RTM_GETROUTE, flags: NLM_F_DUMP
        ) { writer in
            var header = rtmsg()
            header.rtm_family = family.number
            header.rtm_protocol = origin?.rawValue ?? 0
            header.rtm_type = type?.rawValue ?? 0
            writer.putFixed(header)
            if let table { writer.put(RTA_TABLE, table.rawValue) }
            if let link { writer.put(RTA_OIF, link.rawValue) }
        }
        // A table exists from its first route on.
        return Query(request, emptyIsAbsence: true)
    }

    /// The route a packet to a destination would take.
    package static func route(
        to destination: IPAddress, from source: IPAddress? = nil, mark: UInt32 = 0,
        arrivingOn input: LinkIndex? = nil, leavingOn output: LinkIndex? = nil
    ) -> Query {
        Query(
            Request("find route", "to \(destination)", type: RTM_GETROUTE) { writer in
                var header = rtmsg()
                header.rtm_family = destination.family.number
                header.rtm_dst_len = destination.family.bitWidth
                header.rtm_src_len = source?.family.bitWidth ?? 0
                // IPv6 always tells the table, and takes the flag for a mistake.
                if destination.family == .v4 { header.rtm_flags = UInt32(RTM_F_LOOKUP_TABLE) }
                writer.putFixed(header)
                writer.put(RTA_DST, destination)
                if let source { writer.put(RTA_SRC, source) }
                if mark != 0 { writer.put(RTA_MARK, mark) }
                if let input { writer.put(RTA_IIF, input.rawValue) }
                if let output { writer.put(RTA_OIF, output.rawValue) }
            })
    }
}
