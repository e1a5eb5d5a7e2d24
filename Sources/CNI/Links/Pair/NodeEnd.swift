import Netlink
import Network

/// The host's end of an attachment's link: how it is called and how it says whose it is.
struct NodeEnd: Hashable, Sendable {
    private static let prefix = "weft"

    let name: InterfaceName
    let group: LinkGroup
    private let attachment: Attachment

    init(_ attachment: Attachment) throws(CNIError) {
        guard let name = attachment.linkName(prefix: Self.prefix) else {
            throw CNIError(.invalidEnvironment, "\(attachment) has no name for a link")
        }
        self.name = name
        self.attachment = attachment
        group = Self.group(network: attachment.network)
    }

    /// A number of the network that its links have from the start, before they can have an alias.
    static func group(network: String) -> LinkGroup {
        // The default group, 0, is nobody's.
        LinkGroup(rawValue: UInt32(truncatingIfNeeded: fnv1a(network.utf8)) | 1)
    }
}

extension NodeEnd {
    /// The alias, by which the link says whose it is.
    func alias(_ pod: String?) -> String { LinkOwner.alias(of: attachment, pod: pod) }

    /// Whether the link is this attachment's; one that was killed before its alias counts too.
    func owns(_ link: Link) -> Bool {
        guard link.kind == .veth, link.name == name.rawValue else { return false }
        if (link.alias ?? "").isEmpty { return link.group == group }
        return LinkOwner.owns(attachment, link)
    }

    /// Whether the link is of some attachment of a network.
    static func owns(_ link: Link, network: String) -> Bool {
        guard link.kind == .veth, link.name.hasPrefix(prefix) else { return false }
        guard let alias = link.alias, !alias.isEmpty else {
            return link.group == group(network: network)
        }
        return alias.hasPrefix(LinkOwner.mark + Attachment.ownerPrefix(network: network))
    }
}
