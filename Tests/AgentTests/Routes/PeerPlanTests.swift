import Netlink
import Network
import Testing

@testable import Agent

@Suite struct PeerPlanTests {
    /// A peer as it is, and what follows from it.
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        var mode = RouteSettings.Mode.auto
        var own = Samples.own
        var networks = ["10.244.2.0/24", "fd00:244:2::/64"]
        var addresses: [String]
        let entries: [String]
        var findings: [String] = []

        var testDescription: String { title }
    }

    static let (end, end6) = ("16:07:b5:4d:93:f9", "fe80::1407:b5ff:fe4d:93f9")

    static let cases = [
        Case(
            title: "on a network of ours: by its addresses", addresses: Samples.near,
            entries: [
                "10.244.2.0/24 via 192.0.2.2 on link 2",
                "fd00:244:2::/64 via 2001:db8:a::2 on link 2",
            ]),
        Case(
            title: "behind a router: through tunnels", addresses: Samples.far,
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.244.2.0 is \(end) over IPv4",
                "\(end) at 198.51.100.2 over IPv4",
                "fd00:244:2::/64 via \(end6) over IPv6", "\(end6) is \(end) over IPv6",
                "\(end) at 2001:db8:b::2 over IPv6",
            ]),
        Case(
            title: "each family for itself", addresses: [Samples.near[0], Samples.far[1]],
            entries: [
                "10.244.2.0/24 via 192.0.2.2 on link 2",
                "fd00:244:2::/64 via \(end6) over IPv6", "\(end6) is \(end) over IPv6",
                "\(end) at 2001:db8:b::2 over IPv6",
            ]),
        Case(
            title: "mode vxlan takes tunnels on one network too", mode: .vxlan,
            networks: ["10.244.2.0/24"], addresses: Samples.near,
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.244.2.0 is \(end) over IPv4",
                "\(end) at 192.0.2.2 over IPv4",
            ]),
        Case(
            title: "mode vxlan does not ask for a way", mode: .vxlan, networks: ["10.244.2.0/24"],
            addresses: ["203.0.113.2"],
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.244.2.0 is \(end) over IPv4",
                "\(end) at 203.0.113.2 over IPv4",
            ]),
        Case(
            title: "IPv6 pods over an IPv4 network", addresses: [Samples.far[0]],
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.244.2.0 is \(end) over IPv4",
                "\(end) at 198.51.100.2 over IPv4",
                "fd00:244:2::/64 via \(end6) over IPv4", "\(end6) is \(end) over IPv4",
            ]),
        Case(
            title: "IPv4 pods over an IPv6 network", networks: ["10.244.2.0/24"],
            addresses: [Samples.far[1]],
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv6", "10.244.2.0 is \(end) over IPv6",
                "\(end) at 2001:db8:b::2 over IPv6",
            ]),
        Case(
            title: "several networks of a family have one neighbour",
            networks: ["10.244.2.0/24", "10.245.2.0/24"], addresses: Samples.far,
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.245.2.0/24 via 10.244.2.0 over IPv4",
                "10.244.2.0 is \(end) over IPv4", "\(end) at 198.51.100.2 over IPv4",
            ]),
        Case(
            title: "mode none leaves all to others", mode: .none, addresses: Samples.far,
            entries: []),
        Case(
            title: "no pod network yet", networks: [], addresses: Samples.far, entries: [],
            findings: ["node b: it has no pod network (spec.podCIDRs) yet"]),
        Case(
            title: "mode direct, behind a router", mode: .direct, networks: ["10.244.2.0/24"],
            addresses: Samples.far, entries: [],
            findings: [
                "node b: its address 198.51.100.2 is not on a network of this node's; "
                    + "use mode vxlan or auto"
            ]),
        Case(
            title: "mode direct, without an address of the family", mode: .direct,
            addresses: [Samples.near[0]], entries: ["10.244.2.0/24 via 192.0.2.2 on link 2"],
            findings: [
                "node b: no address of both nodes leads to its IPv6 pods; give nodes IPv6 "
                    + "addresses, or use mode vxlan or auto"
            ]),
        Case(
            title: "no address at all", networks: ["10.244.2.0/24"], addresses: [], entries: [],
            findings: [
                "node b: no address of both nodes leads to its IPv4 pods; give nodes IPv4 "
                    + "addresses, or use mode vxlan or auto"
            ]),
        Case(
            title: "no way to it: neither on a network of ours nor behind a router",
            networks: ["10.244.2.0/24"], addresses: ["203.0.113.2"], entries: [],
            findings: ["node b: there is no route to its address 203.0.113.2"]),
        Case(
            title: "a link without neighbours' addresses carries tunnels only",
            networks: ["10.244.2.0/24"], addresses: ["100.64.0.2"],
            entries: [
                "10.244.2.0/24 via 10.244.2.0 over IPv4", "10.244.2.0 is \(end) over IPv4",
                "\(end) at 100.64.0.2 over IPv4",
            ]),
        Case(
            title: "this node has no pods of the family", own: Samples.ownWithoutIPv6Pods,
            networks: ["fd00:244:2::/64"], addresses: Samples.far, entries: [],
            findings: [
                "node b: this node has no IPv6 pod network, so there is no tunnel for IPv6"
            ]),
        Case(
            title: "this node's address is not its own", own: Samples.ownElsewhere,
            networks: ["10.244.2.0/24"], addresses: [Samples.far[0]], entries: [],
            findings: [
                "node b: its address 192.0.2.77 is on no link of this machine, so no tunnel can "
                    + "start there"
            ]),
        Case(
            title: "a pod network with a node in it", networks: ["192.0.2.0/24"],
            addresses: Samples.near, entries: [],
            findings: [
                "node b: its pod network 192.0.2.0/24 contains the node address 192.0.2.1, and is "
                    + "not routed; choose pod networks apart from the nodes'"
            ]),
    ]

    @Test(arguments: cases)
    func `R1, R4, R8, R12: a peer's way follows from the addresses of both`(_ given: Case) {
        let planner = PeerPlanner(
            settings: RouteSettings(mode: given.mode), own: given.own, underlay: Samples.underlay)
        let plan = planner.plan(clusterNode("b", given.networks, given.addresses))
        #expect(plan.entries.lines == given.entries.sorted())
        #expect(plan.findings.map(\.description) == given.findings)
    }

    @Test func `a family that is switched off has no routes`() {
        let settings = RouteSettings(families: [.v6])
        let planner = PeerPlanner(
            settings: settings, own: Samples.own, underlay: Samples.underlay)
        let plan = planner.plan(
            clusterNode("b", ["10.244.2.0/24", "fd00:244:2::/64"], Samples.near))
        #expect(plan.entries.lines == ["fd00:244:2::/64 via 2001:db8:a::2 on link 2"])
        #expect(planner.ownEntries().lines == ["blackhole fd00:244:1::/64 metric 4294967295"])
    }

    @Test func `R5: of one's own networks the addresses that no pod has lead nowhere`() {
        let planner = PeerPlanner(
            settings: RouteSettings(), own: Samples.own, underlay: Samples.underlay)
        #expect(
            planner.ownEntries().lines == [
                "blackhole 10.244.1.0/24 metric 4294967295",
                "blackhole fd00:244:1::/64 metric 4294967295",
            ])
    }
}
