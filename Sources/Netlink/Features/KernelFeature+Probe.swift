import CMnl

extension KernelFeature {
    /// A request that is always refused and changes nothing; with `absence` where it lacks.
    ///
    /// Nil where the error number alone is enough to tell.
    var probe: Request? {
        switch self {
        case .links(let kind): Self.probe(kind)
        case .qdiscs(let name): Self.probe(qdisc: name)
        case .bridgeVLANFiltering, .filters: nil
        }
    }

    /// More queues than a link may have: the kernel looks at the kind first.
    private static func probe(_ kind: LinkKind) -> Request {
        let tooMany: UInt32 = 4097
        return Request("probe \(kind) links", type: RTM_NEWLINK, flags: NLM_F_CREATE) { writer in
            writer.putFixed(ifinfomsg())
            writer.put(IFLA_NUM_TX_QUEUES, tooMany)
            writer.nest(IFLA_LINKINFO) { $0.put(IFLA_INFO_KIND, string: kind.rawValue) }
        }
    }

    /// A block of filters with the number that none has: the kernel looks at the kind first.
    private static func probe(qdisc name: String) -> Request {
        let noBlock: UInt32 = 0
        return Request("probe \(name) qdiscs", type: RTM_NEWQDISC, flags: NLM_F_CREATE) { writer in
            var header = tcmsg()
            header.tcm_ifindex = LinkIndex.loopback.header
            let isForFilters = ["ingress", "clsact"].contains(name)
            header.tcm_parent = (isForFilters ? TrafficHandle.ingress : .root).rawValue
            writer.putFixed(header)
            writer.put(TCA_KIND, string: name)
            writer.put(TCA_INGRESS_BLOCK, noBlock)
        }
    }
}

extension RouteSocket {
    /// Whether the kernel has a kind of link or qdisc, its module loaded or loadable.
    ///
    /// Filters can only be tried where there is a qdisc for them: they count as there.
    package mutating func supports(_ feature: KernelFeature) throws(NetlinkError) -> Bool {
        guard let probe = feature.probe else { return true }
        return try outcomes(of: [probe])[0]?.errno != feature.absence
    }
}
