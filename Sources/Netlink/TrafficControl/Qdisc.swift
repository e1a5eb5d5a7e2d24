import CMnl

/// A queueing discipline: how a link's packets wait to be sent, or where filters see them.
package struct Qdisc: Hashable, Sendable {
    package var link: LinkIndex
    package var parent: TrafficHandle
    package var handle: TrafficHandle
    package var kind: Kind

    package enum Kind: Hashable, Sendable {
        case tokenBucket(TokenBucket)
        /// A place for filters on incoming packets.
        case ingress
        /// A place for filters on incoming and on outgoing packets.
        case clsact
        /// One this module reads no settings of: "noqueue", "fq_codel".
        case other(String)
    }

    package init(
        _ kind: Kind, on link: LinkIndex, parent: TrafficHandle? = nil,
        handle: TrafficHandle? = nil
    ) {
        self.link = link
        self.kind = kind
        self.parent = parent ?? kind.usualParent
        self.handle = handle ?? kind.usualHandle
    }
}

extension Qdisc.Kind {
    package var name: String {
        switch self {
        case .tokenBucket: "tbf"
        case .ingress: "ingress"
        case .clsact: "clsact"
        case .other(let name): name
        }
    }

    private var isForFilters: Bool { self == .ingress || self == .clsact }

    fileprivate var usualParent: TrafficHandle { isForFilters ? .ingress : .root }

    /// The kernel fixes the number of the qdisc for filters; others get one from it.
    fileprivate var usualHandle: TrafficHandle {
        isForFilters ? TrafficHandle(0xFFFF) : .unspecified
    }
}

extension Qdisc: CustomStringConvertible {
    package var description: String { "\(kind.name) on \(link)" }
}

extension Qdisc {
    func write(to writer: inout MessageWriter) {
        writer.putFixed(header)
        writer.put(TCA_KIND, string: kind.name)
        if case .tokenBucket(let bucket) = kind {
            writer.nest(TCA_OPTIONS) { bucket.write(to: &$0) }
        }
    }

    var header: tcmsg {
        var header = tcmsg()
        header.tcm_ifindex = link.header
        header.tcm_parent = parent.rawValue
        header.tcm_handle = handle.rawValue
        return header
    }
}

extension Qdisc: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWQDISC, RTM_DELQDISC].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(tcmsg.self)
        let attributes = message.attributes(after: tcmsg.self)
        self.init(
            try Kind(attributes), on: LinkIndex(header: header.tcm_ifindex),
            parent: TrafficHandle(rawValue: header.tcm_parent),
            handle: TrafficHandle(rawValue: header.tcm_handle))
    }
}

extension Qdisc.Kind {
    fileprivate init(_ attributes: Attributes) throws(NetlinkError) {
        let name = try attributes.first(TCA_KIND)?.text() ?? ""
        switch name {
        case "ingress": self = .ingress
        case "clsact": self = .clsact
        case "tbf":
            guard let options = try attributes.first(TCA_OPTIONS),
                let bucket = try TokenBucket(options.nested)
            else { throw NetlinkError(.malformed, "read qdisc", name, text: "no settings") }
            self = .tokenBucket(bucket)
        default: self = .other(name)
        }
    }
}
