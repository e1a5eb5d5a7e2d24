import Netlink
import Network
import Testing

@testable import Proxy

@Suite struct `Stale connections` {
    static let cases: [(String, @Sendable (Addressed) -> ([StaleCheck], ConntrackEntry), Bool)] = [
        (
            "S82 a backend that serves",
            { ([$0.check($0.one)], .init(.udp, $0.service, to: $0.one)) }, false
        ),
        ("S84 a pod replaced", { ([$0.check($0.two)], .init(.udp, $0.service, to: $0.one)) }, true),
        (
            "S84 another target port",
            { ([$0.check($0.moved)], .init(.udp, $0.service, to: $0.one)) }, true
        ),
        ("S84 nothing serves", { ([$0.check()], .init(.udp, $0.service, to: $0.one)) }, true),
        ("S82 a blackhole's end", { ([$0.check($0.one)], .init(.udp, $0.service, to: nil)) }, true),
        ("S83 another service", { ([$0.check()], .init(.udp, $0.other, to: $0.one)) }, false),
        (
            "S83 another port",
            {
                ([$0.check()], .init(.udp, .init($0.service.address, 54), to: $0.one))
            }, false
        ),
        ("S83 TCP", { ([$0.check()], .init(.tcp, $0.service, to: $0.one)) }, false),
        (
            "S82 a node port",
            {
                (
                    [.init(.init(.udp, nodePort: 30053, $0.family), .serving([$0.one]))],
                    .init(.udp, $0.node, to: $0.two)
                )
            }, true
        ),
        (
            "S82 a node port's backend",
            {
                (
                    [.init(.init(.udp, nodePort: 30053, $0.family), .serving([$0.one]))],
                    .init(.udp, $0.node, to: $0.one)
                )
            }, false
        ),
        (
            "a node port of the other family",
            {
                (
                    [
                        .init(
                            .init(.udp, nodePort: 30053, $0.family == .v4 ? .v6 : .v4), .serving([])
                        )
                    ],
                    .init(.udp, $0.node, to: $0.two)
                )
            }, false
        ),
        (
            "an address before a node port",
            {
                (
                    [.init(.init(.udp, nodePort: 53, $0.family), .serving([])), $0.check($0.one)],
                    .init(.udp, $0.service, to: $0.one)
                )
            }, false
        ),
        (
            "a removed backend",
            {
                (
                    [.init(.init(.tcp, $0.service), .removed([$0.one]))],
                    .init(.tcp, $0.service, to: $0.one)
                )
            }, true
        ),
        (
            "one beside a removed backend",
            {
                (
                    [.init(.init(.tcp, $0.service), .removed([$0.one]))],
                    .init(.tcp, $0.service, to: $0.two)
                )
            }, false
        ),
        (
            "the later of two checks",
            {
                ([$0.check(), $0.check($0.one)], .init(.udp, $0.service, to: $0.one))
            }, false
        ),
        (
            "backends removed one after the other",
            {
                (
                    [
                        .init(.init(.tcp, $0.service), .removed([$0.one])),
                        .init(.init(.tcp, $0.service), .removed([$0.two])),
                    ],
                    .init(.tcp, $0.service, to: $0.one)
                )
            }, true
        ),
    ]

    @Test(arguments: cases.indices, IPFamily.allCases)
    func `S82 S83 S84 what leads elsewhere is stale`(index: Int, family: IPFamily) {
        let (name, make, isStale) = Self.cases[index]
        let (checks, entry) = make(Addressed(family: family))
        #expect(StaleTable(checks).isStale(entry) == isStale, "\(name)")
    }

    @Test func `what has no ports is never stale`() {
        let it = Addressed(family: .v4)
        let echo = ConntrackEntry(
            ConntrackTuple(
                .icmp, from: client(.v4).address, to: it.service.address,
                .icmp(type: 8, code: 0, id: 1)), timeout: 10)
        #expect(!StaleTable([it.check()]).isStale(echo))
    }
}

@Suite struct `Lists of connections` {
    private let it = Addressed(family: .v4)

    @Test func `one target is looked for by all that is known of it`() {
        #expect(
            ScanPlan.filters(for: [.init(.udp, it.service)]) == [
                ConntrackFilter(
                    .v4, original: .init(.udp, to: it.service.address, destinationPort: 53))
            ])
    }

    @Test func `targets of one port are looked for together`() {
        #expect(
            ScanPlan.filters(for: [.init(.udp, it.service), .init(.udp, it.other)]) == [
                ConntrackFilter(.v4, original: .init(.udp, destinationPort: 53))
            ])
        #expect(
            ScanPlan.filters(for: [.init(.udp, nodePort: 30053, .v4)]) == [
                ConntrackFilter(.v4, original: .init(.udp, destinationPort: 30053))
            ])
    }

    @Test func `many ports are looked for in one list of the protocol`() {
        let ports = (1...6).map {
            StaleCheck.Target(.udp, AddressAndPort(it.service.address, Port($0)))
        }
        #expect(ScanPlan.filters(for: ports.dropLast()).count == 5)
        #expect(ScanPlan.filters(for: ports) == [ConntrackFilter(.v4, original: .init(.udp))])
        #expect(ScanPlan.filters(for: ports + [.init(.tcp, it.service)]).count == 2)
    }
}
