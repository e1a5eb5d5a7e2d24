import CMnl
import Network

extension RouteSocket {
    /// Creates a link and tells its number; of a pair, that of the first end in this namespace.
    package mutating func create(_ link: NewLink) throws(NetlinkError) -> LinkIndex {
        try make(link).index
    }

    /// Creates a link and gives it as it is then; of a pair, the first end in this namespace.
    package mutating func make(_ link: NewLink) throws(NetlinkError) -> Link {
        guard let name = link.nameHere else {
            throw Request.create(link).error(.invalid, text: "neither end is in this namespace")
        }
        if link.end.namespace == nil {
            // Since Linux 6.2 an echoed creation is answered with the link.
            let created = Query<Link>(.create(link, flags: NLM_F_ECHO))
            if let link = try list(created).first { return link }
        } else {
            try run(.create(link))
        }
        guard let created = try find(.link(name)) else {
            throw Request.create(link).error(.unanswered, text: "it vanished at once")
        }
        return created
    }

    /// Deletes links with one request for all, however many they are.
    ///
    /// For that they become a group, which must be nobody else's.
    package mutating func delete(
        _ links: [LinkIndex], as group: LinkGroup
    ) throws(NetlinkError) {
        if links.isEmpty { return }
        let grouped = try outcomes(of: links.map { .change(.index($0), .group(group)) })
        for case let failure? in grouped where !failure.isAbsence { throw failure }
        do {
            try run(.deleteLinks(of: group))
        } catch  where error.isAbsence {
            // All of them were gone already.
        }
    }

    /// The links that carry an alias.
    package mutating func links(aliased alias: LinkAlias) throws(NetlinkError) -> [Link] {
        try list(.links).filter { $0.alias == alias.description }
    }
}

extension NewLink {
    /// The name of the end that appears in the namespace the request goes to.
    fileprivate var nameHere: InterfaceName? {
        if end.namespace == nil { return end.name }
        guard case .veth(let peer) = kind, peer.end.namespace == nil else { return nil }
        return peer.end.name
    }
}
