import Netlink
import Network
import Platform

/// DEL and GC of every way of linking a pod: links are found by their names and aliases, for the
/// configuration may have changed since they were made (C31).
enum LinkRemoval {
    /// Removes the attachment's link, by whichever end is left of it.
    static func remove(_ pod: PodCall, _ network: NetworkConfiguration) throws(CNIError) {
        let host = try NodeEnd(pod.attachment)
        var socket = try reporting { () throws(NetlinkError) in try RouteSocket() }
        let found = try reporting { () throws(NetlinkError) in try socket.find(.link(host.name)) }
        if let link = found, host.owns(link) {
            let stale = try staleNeighbours(pod, network, on: link.master)
            try reporting { () throws(NetlinkError) in
                try socket.removeIfThere(link.index)
                // Whoever gets an address next is asked for again.
                _ = try socket.outcomes(of: stale.map(Request.delete))
            }
        } else if let namespace = pod.remainingNamespace() {
            try removeContainerEnd(pod, namespace)
        }
    }

    /// What the node remembers on a bridge of the addresses that the pod has.
    private static func staleNeighbours(
        _ pod: PodCall, _ network: NetworkConfiguration, on bridge: LinkIndex?
    ) throws(CNIError) -> [Neighbour] {
        guard let bridge else { return [] }
        // What a result says wrongly must not keep anything from being removed.
        var addresses = (try? network.previousResult)?.own(pod).addresses.map(\.address.address)
        if addresses == nil, let namespace = pod.remainingNamespace() {
            addresses = try? namespace.addresses(of: pod.attachment.interface)
        }
        return (addresses ?? []).map { Neighbour($0, at: nil, on: bridge) }
    }

    /// Removes the link of another plugin's making, where this one took its place.
    private static func removeContainerEnd(
        _ pod: PodCall, _ namespace: borrowing NetworkNamespace
    ) throws(CNIError) {
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: namespace)
            guard let link = try socket.find(.link(pod.attachment.interface)), link.kind == .veth
            else { return }
            try socket.removeIfThere(link.index)
        } catch {
            throw CNIError(error)
        }
    }

    /// Removes the links of a network's attachments that are not listed, all with one request.
    static func collectGarbage(
        of network: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        var names: Set<String> = []
        for attachment in valid { names.insert(try NodeEnd(attachment).name.rawValue) }
        try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket()
            let stale = try socket.list(.links(kind: .veth)).filter { link in
                NodeEnd.owns(link, network: network.name) && !names.contains(link.name)
            }
            try socket.delete(stale.map(\.index), as: Self.garbage(network.name))
        }
    }

    /// A group of links that are to go, which no other program and no other network has.
    private static func garbage(_ network: String) -> LinkGroup {
        LinkGroup(rawValue: UInt32(truncatingIfNeeded: fnv1a("garbage of \(network)".utf8)) | 1)
    }
}

extension RouteSocket {
    /// Deletes a link, which may vanish at the same time.
    fileprivate mutating func removeIfThere(_ link: LinkIndex) throws(NetlinkError) {
        do {
            try run(.delete(.index(link)))
        } catch  where error.isAbsence {
            // Somebody else did it, or the namespace of the other end ended.
        }
    }
}

extension NetworkNamespace {
    /// The addresses of a link; none where there is no such link.
    fileprivate borrowing func addresses(
        of name: InterfaceName
    ) throws(NetlinkError) -> [IPAddress] {
        var socket = try RouteSocket(in: self)
        guard let link = try socket.find(.link(name)) else { return [] }
        return try socket.list(.addresses(nil, on: link.index)).map(\.address.address)
    }
}
