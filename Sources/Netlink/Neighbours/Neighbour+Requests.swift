import CMnl
package import Network

extension Request {
    /// Adds a neighbour that must not be known yet.
    package static func add(_ neighbour: Neighbour) -> Request {
        change("add neighbour", neighbour, flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Adds a neighbour, or corrects what is known of it.
    package static func replace(_ neighbour: Neighbour) -> Request {
        change("replace neighbour", neighbour, flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    package static func delete(_ neighbour: Neighbour) -> Request {
        Request("delete neighbour", "\(neighbour)", type: RTM_DELNEIGH) {
            neighbour.write(to: &$0)
        }
    }

    private static func change(
        _ operation: String, _ neighbour: Neighbour, flags: Int32
    ) -> Request {
        Request(operation, "\(neighbour)", type: RTM_NEWNEIGH, flags: flags) {
            neighbour.write(to: &$0)
        }
    }
}

extension Query where Value == Neighbour {
    /// The neighbours of the namespace, or those of a family or a link, without proxies.
    package static func neighbours(_ family: IPFamily? = nil, on link: LinkIndex? = nil) -> Query {
        dump("list neighbours", family?.number ?? anyFamily, flags: [], on: link)
    }

    package static var neighbours: Query { neighbours() }

    /// The addresses that this host answers for.
    package static func proxies(_ family: IPFamily, on link: LinkIndex? = nil) -> Query {
        dump("list neighbour proxies", family.number, flags: .proxy, on: link)
    }

    /// One neighbour.
    package static func neighbour(_ address: IPAddress, on link: LinkIndex) -> Query {
        Query(
            Request("get neighbour", "\(address) on \(link)", type: RTM_GETNEIGH) { writer in
                var header = ndmsg()
                header.ndm_family = address.family.number
                header.ndm_ifindex = link.header
                writer.putFixed(header)
                writer.put(NDA_DST, address)
            })
    }

    private static func dump(
        _ operation: String, _ family: UInt8, flags: NeighbourFlags, on link: LinkIndex?
    ) -> Query {
        let subject = link.map { "on \($0)" } ?? ""
        return Query(
            Request(operation, subject, type: RTM_GETNEIGH, flags: NLM_F_DUMP) { writer in
                var header = ndmsg()
                header.ndm_family = family
                header.ndm_flags = flags.rawValue
                writer.putFixed(header)
                if let link { writer.put(NDA_IFINDEX, link.rawValue) }
            })
    }
}
