import NFTables
import Netlink
import Network
import Platform

/// Gives the machine what a node's own server needs, and takes it back.
struct NodeLocal: ~Copyable, Sendable {
    private var routes: Connection
    private var ruleset: KernelRuleset
    private let ownsTable: Bool

    static let linkName = "weft-dns"
    /// As the aliases of all of Weft's links begin.
    static let alias = "weft:dns"

    private init(
        _ routes: consuming Connection, _ ruleset: consuming KernelRuleset, ownsTable: Bool
    ) {
        self.routes = routes
        self.ruleset = ruleset
        self.ownsTable = ownsTable
    }

    /// Works in the calling thread's namespace.
    static func open() throws(DNSError) -> NodeLocal {
        do {
            var ruleset = try KernelRuleset()
            let ownsTable = try ruleset.supports(.ownedTables)
            return NodeLocal(try Connection(.route), ruleset, ownsTable: ownsTable)
        } catch {
            throw DNSError(.node, "reach the node's network", "\(error)")
        }
    }
}

extension NodeLocal {
    /// Makes the machine's addresses these; tells on which link, and how many it changed.
    mutating func hold(
        _ wanted: Set<IPAddress>
    ) throws(DNSError) -> (isOwnLink: Bool, changes: Int) {
        do {
            let link = try findLink() ?? makeLink()
            let changes = try addresses(link).changes(to: wanted)
            try routes.run(changes)
            return (link != nil, changes.count)
        } catch let error as DNSError {
            throw error
        } catch {
            throw DNSError(.node, "give the node addresses", "\(error)")
        }
    }

    /// Keeps the packets of these points untracked; tells whether anything had to be changed.
    mutating func untrack(_ points: Set<NodeLocalPlan.Point>) throws(DNSError) -> Bool {
        do throws(NFTablesError) {
            let held = try ruleset.contents(of: NodeLocalTable.name)
            let change = NodeLocalTable(points, isOwned: ownsTable).change(from: held)
            try ruleset.apply(change)
            return !change.isEmpty
        } catch {
            throw DNSError(.node, "keep queries untracked", "\(error)")
        }
    }

    /// Takes everything back: the rules first, so that queries go to the cluster's service.
    ///
    /// A table that belongs to another process shows that it needs all of this.
    mutating func remove() throws(DNSError) {
        do {
            try removeTable()
            let link = try findLink()
            try routes.run(addresses(link).changes(to: []))
            if let link { try routes.run(.delete(.index(link))) }
        } catch let error as DNSError {
            throw error
        } catch {
            throw DNSError(.node, "take the node's addresses back", "\(error)")
        }
    }

    private mutating func removeTable() throws(DNSError) {
        var transaction = Transaction()
        transaction.delete(NodeLocalTable.name)
        do throws(NFTablesError) {
            try ruleset.apply(transaction)
        } catch  where error.errno == .noSuchEntry {
            return
        } catch {
            throw DNSError(.node, "remove the table \(NodeLocalTable.name)", "\(error)")
        }
    }
}

extension NodeLocal {
    private mutating func addresses(_ link: LinkIndex?) throws(NetlinkError) -> NodeAddresses {
        NodeAddresses(
            link: link ?? .loopback, isOwnLink: link != nil, held: try routes.list(.addresses))
    }

    private mutating func findLink() throws -> LinkIndex? {
        let name = try InterfaceName(validating: Self.linkName)
        guard let link = try routes.find(.link(name)) else { return nil }
        // One that was just made when its maker was killed has no alias yet.
        let alias = link.alias ?? ""
        guard alias == Self.alias || alias.isEmpty && link.kind == .dummy else {
            throw DNSError(
                .node, "use the link \(name)",
                "it is somebody else's, for its alias is \"\(alias)\": rename or remove it")
        }
        return link.index
    }

    /// Nil where the kernel has no links of such a kind.
    private mutating func makeLink() throws -> LinkIndex? {
        let name = try InterfaceName(validating: Self.linkName)
        do throws(NetlinkError) {
            try routes.run(.create(NewLink(NewLink.End(name), .dummy)))
        } catch {
            if case .unsupported = error.code { return nil }
            throw error
        }
        try routes.run(.change(.name(name), .alias(LinkAlias(Self.alias))))
        // Of no use here, and refused where there is no IPv6.
        _ = try routes.outcomes(of: [.change(.name(name), .linkLocalAddress(false))])
        try routes.run(.change(.name(name), .up))
        return try routes.find(.link(name))?.index
    }
}
