package import Netlink

/// How links on the host say whose they are: "weft:network/container/interface", and the pod
/// after a space where the runtime named it, for people.
package enum LinkOwner {
    /// What the aliases of all our links begin with.
    package static let mark = "weft:"

    /// What a link's alias has room for.
    private static let longestAlias = 255

    /// The alias: the owner, and the pod where the runtime told it, cut off where it is too long.
    static func alias(of attachment: Attachment, pod: String?) -> String {
        var alias = mark + attachment.owner
        guard let pod else { return alias }
        alias += " "
        for scalar in pod.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            guard alias.utf8.count + scalar.utf8.count <= longestAlias else { break }
            alias.unicodeScalars.append(scalar)
        }
        return alias
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
