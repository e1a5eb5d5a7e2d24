import Netlink
import Network
import Testing

@testable import Agent

@Suite struct HeldEntryTests {
    private static let (eth0, tunnel) = (LinkIndex(rawValue: 2), LinkIndex(rawValue: 9))

    private static func route(_ destination: String, _ hops: [(String?, LinkIndex)]) -> Route? {
        CIDR(destination).map { destination in
            Route(
                destination,
                hops.map { NextHop($0.flatMap { IPAddress($0) }, on: $1) }, origin: .weft)
        }
    }

    static let routes: [(Route?, String?)] = [
        (route("10.244.2.0/24", [("192.0.2.2", eth0)]), "10.244.2.0/24 via 192.0.2.2 on link 2"),
        (
            route("10.244.2.0/24", [("10.244.2.0", tunnel)]),
            "10.244.2.0/24 via 10.244.2.0 over IPv4"
        ),
        // A pod of this node.
        (route("10.244.1.5/32", [(nil, eth0)]), nil),
        (
            route("10.244.2.0/24", [("192.0.2.2", eth0), ("192.0.2.3", eth0)]),
            "route(10.244.2.0/24, metric: 0): strange"
        ),
    ]

    @Test(arguments: routes)
    func `R3: routes of ours are told from those to pods of this node`(
        route: Route?, expected: String?
    ) {
        let entry = route.flatMap { HeldEntry($0, tunnels: [.v4: Self.tunnel]) }
        #expect(entry.map { text($0.key, $0.value) } == expected)
    }

    @Test(arguments: [RouteProtocol.static, .boot, .kernel, .unspecified])
    func `R3: routes of others are not ours, whatever they say`(origin: RouteProtocol) {
        for (route, _) in Self.routes {
            guard var route else { continue }
            route.origin = origin
            #expect(HeldEntry(route, tunnels: [:]) == nil)
        }
    }

    @Test func `a route of ours in another table is none between nodes`() {
        guard var route = Self.routes[0].0 else { return }
        route.table = RouteTable(rawValue: 100)
        #expect(HeldEntry(route, tunnels: [:]) == nil)
    }

    @Test(arguments: [
        (NeighbourState.permanent, true), (.reachable, false), (.noARP, false), (.failed, false),
    ])
    func `R3: of a tunnel's neighbours those are ours that stay for good`(
        state: NeighbourState, isOurs: Bool
    ) {
        let address = IPAddress.v4(IPv4Address(10, 244, 2, 0))
        let neighbour = Neighbour(
            address, at: MACAddress(tunnelOf: "b"), on: Self.tunnel, state: state)
        #expect((HeldEntry(neighbour, tunnel: .v4) != nil) == isOurs)
    }
}
