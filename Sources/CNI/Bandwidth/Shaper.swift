import Netlink
import Network
import Platform

/// What the kernel holds of one attachment's limits.
struct Shaper: ~Copyable {
    private let attachment: Attachment
    private var host: RouteSocket

    /// The number of our own token buckets, by which they are told from others': "we".
    private static let handle = TrafficHandle(0x7765)
    private static let outletPrefix = "wifb"

    init(_ attachment: Attachment) throws(NetlinkError) {
        self.attachment = attachment
        host = try RouteSocket()
    }
}

extension Shaper {
    mutating func hostEnd(
        _ namespace: borrowing NetworkNamespace
    ) throws(NetlinkError) -> Link {
        if let link = try PairOnHost.find(of: attachment, in: namespace, &host) { return link }
        throw NetlinkError(
            .invalid, "limit bandwidth", "of \(attachment.interface)",
            text: "the interface is missing, or is no veth with an end on this host")
    }

    /// Puts a token bucket in the way of everything that leaves by a link.
    mutating func limit(_ link: LinkIndex, _ bucket: TokenBucket) throws(NetlinkError) {
        // The kernel's own choice has no number.
        if let other = try host.find(.qdisc(at: .root, on: link)),
            ![.unspecified, Self.handle].contains(other.handle)
        {
            throw taken("the queueing discipline \(other.kind.name) \(other.handle)", link)
        }
        try host.run(.replace(Qdisc(.tokenBucket(bucket), on: link, handle: Self.handle)))
    }

    /// The link through which everything passes that the pod sends.
    mutating func outlet(of link: Link, pod: String?) throws(NetlinkError) -> Link {
        let name = try outletName
        let existing = try host.find(.link(name))
        if existing == nil {
            let group = NodeEnd.group(network: attachment.network)
            try host.run(.create(NewLink(.init(name, mtu: link.mtu, group: group), .ifb)))
        }
        let alias = try LinkAlias(LinkOwner.alias(of: attachment, pod: pod))
        // Nobody is on it. An address that the kernel made would bring routes, through which
        // it goes for each next link, and take its lock until it is sure of the address.
        try host.run([
            .change(.name(name), .alias(alias), .mtu(link.mtu), .linkLocalAddress(false)),
            .change(.name(name), .up),
        ])
        guard let outlet = try host.find(.link(name)) else {
            throw NetlinkError(.unanswered, "create link", "\(name)", text: "it vanished at once")
        }
        return outlet
    }

    /// Hands everything that arrives by a link to the outlet.
    mutating func redirect(_ link: LinkIndex, to outlet: LinkIndex) throws(NetlinkError) {
        if try host.find(.qdisc(at: .ingress, on: link)) == nil {
            try host.run(.add(Qdisc(.ingress, on: link)))
        }
        let filters = try host.list(.filters(at: .ingressFilters, on: link))
        let wanted = TrafficFilter(.u32, .redirect(to: outlet), on: link)
        if filters.contains(wanted) { return }
        if let other = filters.first { throw taken("the filter \(other)", link) }
        try host.run(.add(wanted))
    }

    private func taken(_ what: String, _ link: LinkIndex) -> NetlinkError {
        NetlinkError(
            .invalid, "limit bandwidth", "of link \(link)",
            text: "\(what) is there already; remove it, or leave the limit to who made it")
    }

    private var outletName: InterfaceName {
        get throws(NetlinkError) {
            if let name = attachment.linkName(prefix: Self.outletPrefix) { return name }
            throw NetlinkError(.invalid, "name link", "\(attachment)")
        }
    }
}

extension Shaper {
    /// Takes our limits off a link that remains.
    ///
    /// A link of our own is about to be deleted, and its queueing disciplines with it.
    mutating func release(_ namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        guard let link = try PairOnHost.find(of: attachment, in: namespace, &host),
            !LinkOwner.owns(attachment, link)
        else { return }
        if let root = try host.find(.qdisc(at: .root, on: link.index)), root.handle == Self.handle {
            try deleteIfPresent(.delete(root))
        }
        guard let outlet = try host.find(.link(outletName)) else { return }
        let filters = try host.list(.filters(at: .ingressFilters, on: link.index))
        guard filters.contains(where: { $0.action == .redirect(to: outlet.index) }) else { return }
        // A clsact is somebody else's, and only took our filter in.
        let place = try host.find(.qdisc(at: .ingress, on: link.index))
        let isOurs = place?.kind == .ingress
        try deleteIfPresent(
            isOurs
                ? .delete(Qdisc(.ingress, on: link.index))
                : .delete(TrafficFilter(.u32, nil, on: link.index)))
    }

    mutating func deleteOutlet() throws(NetlinkError) {
        try deleteIfPresent(.delete(.name(outletName)))
    }

    private mutating func deleteIfPresent(_ request: Request) throws(NetlinkError) {
        do {
            try host.run(request)
        } catch  where error.isAbsence {
            // Whoever was faster did what we wanted.
        }
    }
}

extension Shaper {
    /// Throws unless the limit is there as it was made.
    mutating func check(_ link: LinkIndex, _ bucket: TokenBucket) throws(NetlinkError) {
        let root = try host.find(.qdisc(at: .root, on: link))
        guard let root, case .tokenBucket(let found) = root.kind else {
            throw NetlinkError(
                .invalid, "check bandwidth", "of link \(link)", text: "there is no token bucket")
        }
        guard found.rate == bucket.rate, found.limit == bucket.limit else {
            throw NetlinkError(
                .invalid, "check bandwidth", "of link \(link)",
                text: "\(found.rate) bytes a second pass, \(bucket.rate) were asked for")
        }
    }

    mutating func checkOutlet(
        of link: LinkIndex, _ bucket: TokenBucket
    ) throws(NetlinkError) {
        let name = try outletName
        guard let outlet = try host.find(.link(name)) else {
            throw NetlinkError(.invalid, "check bandwidth", "\(name)", text: "the link is missing")
        }
        try check(outlet.index, bucket)
        let filters = try host.list(.filters(at: .ingressFilters, on: link))
        guard filters.contains(where: { $0.action == .redirect(to: outlet.index) }) else {
            throw NetlinkError(
                .invalid, "check bandwidth", "of link \(link)",
                text: "what the pod sends does not pass through \(name)")
        }
    }
}
