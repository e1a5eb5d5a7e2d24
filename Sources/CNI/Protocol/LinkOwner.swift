package import Netlink
package import Network

/// How links on the host say whose they are: "weft:network/container/interface", and the pod
/// after a space where the runtime named it, for people.
package enum LinkOwner {
    private static let mark = "weft:"

    /// The name of the end on the host of a container's link.
    package static func hostEndName(of attachment: Attachment) -> InterfaceName? {
        attachment.linkName(prefix: "weft")
    }

    package static func alias(
        of attachment: Attachment, pod: String? = nil
    ) throws(NetlinkError) -> LinkAlias {
        let owner = mark + attachment.owner
        guard let pod else { return try LinkAlias(owner) }
        // The pod's name is for people, and may be cut off; the owner is not.
        return try LinkAlias(String("\(owner) \(pod)".utf8.prefix(255)) ?? owner)
    }

    /// Whether a link is of this attachment.
    package static func owns(_ attachment: Attachment, _ link: Link) -> Bool {
        owner(of: link) == attachment.owner
    }

    /// The links of a network whose attachments are not to be kept.
    ///
    /// A link whose maker was killed before it had its alias is told by its group.
    package static func abandoned(
        _ links: [Link], of network: String, keeping valid: Set<Attachment>
    ) -> [Link] {
        let prefix = Attachment.ownerPrefix(network: network)
        let owners = Set(valid.map(\.owner))
        let group = NodeEnd.group(network: network)
        return links.filter { link in
            guard let owner = owner(of: link) else {
                return link.group == group && (link.alias ?? "").isEmpty
            }
            return owner.hasPrefix(prefix) && !owners.contains(owner)
        }
    }

    /// The owner's text, or nil for a link that is not ours.
    private static func owner(of link: Link) -> String? {
        guard let alias = link.alias, alias.hasPrefix(mark) else { return nil }
        return String(alias.dropFirst(mark.count).prefix { $0 != " " })
    }
}
