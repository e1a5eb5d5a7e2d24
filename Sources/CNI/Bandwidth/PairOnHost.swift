import Netlink
import Platform

/// The end on the host of the pair that a container's interface is one end of.
enum PairOnHost {
    /// Nil when there is no such interface, or no pair any more.
    static func find(
        of attachment: Attachment, in namespace: borrowing NetworkNamespace,
        _ host: inout RouteSocket
    ) throws(NetlinkError) -> Link? {
        var container = try RouteSocket(in: namespace)
        guard let inner = try container.find(.link(attachment.interface)), inner.kind == .veth,
            let index = inner.lower
        else { return nil }
        // The number may be another link's in this namespace, if the pair's end is elsewhere.
        guard let outer = try host.find(.link(.index(index))), outer.lower == inner.index else {
            return nil
        }
        return outer
    }
}
