import Netlink
import Network
import Platform

/// DEL and GC of every way of linking a pod: links are found by their names and aliases, for the
/// configuration may have changed since they were made (C31).
enum LinkRemoval {
    /// Removes the attachment's link, by whichever end is left of it.
    static func remove(_ pod: PodCall, _ network: NetworkConfiguration) throws(CNIError) {
        let host = try NodeEnd(pod.attachment)
        let isDone = try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket()
            guard let link = try socket.find(.link(host.name)), host.owns(link) else {
                return false
            }
            try socket.removeIfThere(link.index)
            return true
        }
        if isDone { return }
        guard let namespace = pod.remainingNamespace() else { return }
        try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket(in: namespace)
            // Of another plugin's making, where this one took its place.
            guard let link = try socket.find(.link(pod.attachment.interface)),
                link.kind == .veth
            else { return }
            try socket.removeIfThere(link.index)
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
