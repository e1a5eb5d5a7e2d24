import CMnl

extension TrafficFilter {
    func write(to writer: inout MessageWriter) {
        writer.putFixed(header)
        writer.put(TCA_KIND, string: classifier.name)
        writer.nest(TCA_OPTIONS) { writer in
            switch classifier {
            case .matchAll: action?.write(to: &writer, TCA_MATCHALL_ACT)
            case .u32:
                writer.put(TCA_U32_SEL, Self.everything)
                action?.write(to: &writer, TCA_U32_ACT)
            case .other: break
            }
        }
    }

    /// The upper half holds the priority, the lower one the protocol in network byte order.
    var header: tcmsg {
        var header = tcmsg()
        header.tcm_ifindex = link.header
        header.tcm_parent = parent.rawValue
        header.tcm_info = UInt32(priority) << 16 | UInt32(UInt16(ETH_P_ALL).bigEndian)
        return header
    }

    /// `tc_u32_sel` and one `tc_u32_key` of 16 bytes each; the key looks at no bit of the packet.
    ///
    /// As bytes, because Swift does not copy a struct that ends in an array without length.
    private static var everything: [32 of UInt8] {
        let (flags, keyCount) = (0, 2)
        var bytes = [32 of UInt8](repeating: 0)
        bytes[flags] = UInt8(TC_U32_TERMINAL)
        bytes[keyCount] = 1
        return bytes
    }
}

extension TrafficFilter.Action {
    private static let kind = "mirred"

    /// Writes a list of one action, numbered from one.
    fileprivate func write(to writer: inout MessageWriter, _ type: Int) {
        writer.nest(type) { writer in
            writer.nest(1) { writer in
                writer.put(TCA_ACT_KIND, string: Self.kind)
                writer.nest(TCA_ACT_OPTIONS) { $0.put(TCA_MIRRED_PARMS, raw) }
            }
        }
    }

    private var raw: tc_mirred {
        var raw = tc_mirred()
        switch self {
        case .redirect(let link):
            raw.eaction = TCA_EGRESS_REDIR
            raw.action = TC_ACT_STOLEN
            raw.ifindex = link.rawValue
        case .mirror(let link):
            raw.eaction = TCA_EGRESS_MIRROR
            raw.action = TC_ACT_PIPE
            raw.ifindex = link.rawValue
        }
        return raw
    }

    /// Reads the first action of a list; nil when it is of another kind.
    fileprivate init?(_ list: consuming Attributes) throws(NetlinkError) {
        guard let action = try list.next()?.nested,
            try action.first(TCA_ACT_KIND)?.text() == Self.kind,
            let options = try action.first(TCA_ACT_OPTIONS)?.nested,
            let raw = try options.first(TCA_MIRRED_PARMS)?.fixed(tc_mirred.self)
        else { return nil }
        let link = LinkIndex(rawValue: raw.ifindex)
        switch raw.eaction {
        case TCA_EGRESS_REDIR: self = .redirect(to: link)
        case TCA_EGRESS_MIRROR: self = .mirror(to: link)
        default: return nil
        }
    }
}

extension TrafficFilter: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWTFILTER, RTM_DELTFILTER].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(tcmsg.self)
        let attributes = message.attributes(after: tcmsg.self)
        let classifier = Classifier(try attributes.first(TCA_KIND)?.text() ?? "")
        self.init(
            classifier, nil, on: LinkIndex(header: header.tcm_ifindex),
            parent: TrafficHandle(rawValue: header.tcm_parent),
            priority: UInt16(truncatingIfNeeded: header.tcm_info >> 16))
        guard let options = try attributes.first(TCA_OPTIONS)?.nested,
            let type = classifier.actionAttribute, let list = try options.first(type)?.nested
        else { return }
        action = try Action(list)
    }
}

extension TrafficFilter.Classifier {
    fileprivate var actionAttribute: Int? {
        switch self {
        case .matchAll: TCA_MATCHALL_ACT
        case .u32: TCA_U32_ACT
        case .other: nil
        }
    }
}
