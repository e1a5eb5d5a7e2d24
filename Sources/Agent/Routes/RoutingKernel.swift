import Netlink
import Network

/// The routing part of the kernel, and how often it was asked.
struct RoutingKernel: ~Copyable {
    private var socket: RouteSocket
    /// Requests sent, those that change something and those that ask alike.
    private(set) var requests = 0

    init() throws(NetlinkError) { socket = try RouteSocket() }

    mutating func list<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> [Value] {
        requests += 1
        return try socket.list(query)
    }

    mutating func find<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> Value? {
        requests += 1
        return try socket.find(query)
    }

    mutating func outcomes(of changes: [Request]) throws(NetlinkError) -> [NetlinkError?] {
        requests += changes.count
        return try socket.outcomes(of: changes)
    }

    mutating func run(_ changes: Request...) throws(NetlinkError) {
        for case let failure? in try outcomes(of: changes) { throw failure }
    }

    mutating func create(_ link: NewLink) throws(NetlinkError) -> LinkIndex {
        requests += 1
        return try socket.create(link)
    }
}

extension RoutingKernel {
    /// The way that packets to an address take now.
    mutating func way(to address: IPAddress) -> Underlay.Way {
        // Refused where there is no route, or one that forbids.
        guard let route = try? find(.route(to: address)) else { return .unreachable }
        return Underlay.Way(route)
    }

    /// What a link carries, if it is there.
    mutating func carrier(_ link: LinkIndex) throws(NetlinkError) -> Underlay.Carrier? {
        try find(.link(.index(link))).map { Underlay.Carrier($0) }
    }

    /// Asks for the ways to addresses, and for what the links are that they lead by.
    mutating func explore(
        _ addresses: some Sequence<IPAddress>, _ underlay: inout Underlay
    ) throws(NetlinkError) {
        for address in addresses {
            let way = way(to: address)
            underlay.ways[address] = way
            guard let link = way.link, underlay.links[link] == nil else { continue }
            underlay.links[link] = try carrier(link)
        }
    }

    /// The network between the nodes, as it is now.
    mutating func underlay(
        of own: ClusterNode, to peers: some Sequence<ClusterNode>
    ) throws(NetlinkError) -> Underlay {
        var underlay = Underlay()
        for address in try list(.addresses) where !address.flags.contains(.tentative) {
            underlay.addresses[address.address.address] = address.link
        }
        for address in own.addresses.values {
            guard let link = underlay.addresses[address] else { continue }
            underlay.links[link] = try carrier(link)
        }
        try explore(Set(peers.flatMap(\.addresses.values)), &underlay)
        return underlay
    }
}

extension RoutingKernel {
    /// Everything of ours that the kernel holds in a family.
    mutating func entries(
        _ family: IPFamily, tunnels: [IPFamily: LinkIndex]
    ) throws(NetlinkError) -> NetworkState {
        var held: [HeldEntry?] = []
        for route in try list(.routes(family, table: .main, origin: .weft))
        where route.family == family {
            held.append(HeldEntry(route, tunnels: tunnels))
        }
        for (tunnel, link) in tunnels {
            for neighbour in try list(.neighbours(family, on: link))
            where neighbour.address.family == family {
                held.append(HeldEntry(neighbour, tunnel: tunnel))
            }
        }
        if let link = tunnels[family] {
            for entry in try list(.forwardingEntries(on: link)) where entry.link == link {
                held.append(HeldEntry(entry, tunnel: family))
            }
        }
        return Dictionary(held.compactMap { $0.map { ($0.key, $0.value) } }) { first, _ in first }
    }
}
