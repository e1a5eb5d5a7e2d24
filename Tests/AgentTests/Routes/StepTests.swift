import Netlink
import Network
import Testing

@testable import Agent

@Suite struct StepTests {
    private static let (eth0, tunnel) = (LinkIndex(rawValue: 2), LinkIndex(rawValue: 9))

    /// States of a peer's entries: unreached, by its address, through a tunnel, there elsewhere.
    private static func state(_ mode: RouteSettings.Mode, _ addresses: [String]) -> NetworkState {
        let planner = PeerPlanner(
            settings: RouteSettings(mode: mode, families: [.v4]), own: Samples.own,
            underlay: Samples.underlay)
        return planner.plan(clusterNode("b", ["10.244.2.0/24"], addresses)).entries
    }

    static let nothing: NetworkState = [:]
    static let direct = state(.direct, Samples.near)
    static let tunnelled = state(.vxlan, Samples.near)
    static let elsewhere = state(.vxlan, Samples.far)

    static let cases: [(NetworkState, NetworkState, [String])] = [
        (nothing, nothing, []),
        (nothing, direct, ["add route 10.244.2.0/24 via 192.0.2.2 on link 2"]),
        (direct, direct, []),
        (
            nothing, tunnelled,
            [
                "replace neighbour 10.244.2.0 on link 9",
                "replace forwarding entry 16:07:b5:4d:93:f9 on link 9",
                "add route 10.244.2.0/24 via 10.244.2.0 on link 9",
            ]
        ),
        (
            tunnelled, nothing,
            [
                "delete route 10.244.2.0/24 via 10.244.2.0 on link 9",
                "delete neighbour 10.244.2.0 on link 9",
                "delete forwarding entry 16:07:b5:4d:93:f9 on link 9",
            ]
        ),
        (tunnelled, elsewhere, ["replace forwarding entry 16:07:b5:4d:93:f9 on link 9"]),
        (
            direct, tunnelled,
            [
                "replace neighbour 10.244.2.0 on link 9",
                "replace forwarding entry 16:07:b5:4d:93:f9 on link 9",
                "replace route 10.244.2.0/24 via 10.244.2.0 on link 9",
            ]
        ),
        (
            tunnelled, direct,
            [
                "replace route 10.244.2.0/24 via 192.0.2.2 on link 2",
                "delete neighbour 10.244.2.0 on link 9",
                "delete forwarding entry 16:07:b5:4d:93:f9 on link 9",
            ]
        ),
    ]

    @Test(arguments: cases)
    func `R5: no route leads to a neighbour that is not known`(
        held: NetworkState, desired: NetworkState, expected: [String]
    ) {
        let requests = Step.all(from: held, to: desired).compactMap {
            $0.request([.v4: Self.tunnel])
        }
        #expect(requests.map { "\($0.operation) \($0.subject)" } == expected)
    }

    @Test func `nothing is asked of a tunnel that could not be made`() {
        let steps = Step.all(from: [:], to: Self.tunnelled)
        #expect(steps.count == 3 && steps.allSatisfy { $0.request([:]) == nil })
    }

    @Test func `what is not looked at stays as it is`() {
        let other = EntryKey.route(CIDR(.v4(IPv4Address(10, 0, 0, 1))))
        var held = Self.direct
        held[other] = .strange
        #expect(
            Step.steps(Self.direct.keys, from: held, to: [:]).map(\.key) == Array(Self.direct.keys))
        #expect(Step.all(from: held, to: Self.direct).map(\.key) == [other])
    }
}
