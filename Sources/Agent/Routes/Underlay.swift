import Netlink
import Network

/// The network between the nodes, as this one sees it.
struct Underlay: Equatable, Sendable {
    /// This node's own addresses, and the links that have them.
    var addresses: [IPAddress: LinkIndex] = [:]
    /// The links that packets to other nodes leave by, or that have an address of this node.
    var links: [LinkIndex: Carrier] = [:]
    /// The way to each other node's addresses.
    var ways: [IPAddress: Way] = [:]

    enum Way: Hashable, Sendable {
        /// Without a router between.
        case onLink(LinkIndex)
        case routed(LinkIndex)
        case unreachable
    }

    /// A link that carries packets between nodes.
    struct Carrier: Hashable, Sendable {
        var name: String
        var mtu: UInt32
        var flags: LinkFlags
    }
}

extension Underlay {
    func way(to address: IPAddress) -> Way { ways[address] ?? .unreachable }

    /// Whether packets for others than the neighbour can be handed to it.
    ///
    /// A tunnel of another kind, without neighbours' addresses, looks at where a packet goes itself.
    func hasNeighbours(_ link: LinkIndex) -> Bool {
        guard let flags = links[link]?.flags else { return false }
        return flags.contains(.broadcast) && flags.isDisjoint(with: [.noARP, .pointToPoint])
    }

    func mtu(_ links: some Sequence<LinkIndex>) -> UInt32? {
        links.compactMap { $0 == .loopback ? nil : self.links[$0]?.mtu }.min()
    }
}

extension Underlay.Way {
    var link: LinkIndex? {
        switch self {
        case .onLink(let link), .routed(let link): link
        case .unreachable: nil
        }
    }

    /// What the kernel's answer to the question for a route means.
    init(_ route: Route?) {
        guard let route, route.type == .unicast, let hop = route.hops.first, let link = hop.link
        else {
            self = .unreachable
            return
        }
        self = hop.gateway == nil && route.hops.count == 1 ? .onLink(link) : .routed(link)
    }
}

extension Underlay.Carrier {
    /// The flags that say what a link carries, and whether.
    private static let carrying: LinkFlags = [.up, .running, .broadcast, .noARP, .pointToPoint]

    init(_ link: Link) {
        self.init(
            name: link.name, mtu: link.mtu,
            flags: link.flags.intersection(Self.carrying))
    }
}
