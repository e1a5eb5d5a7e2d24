import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Cleaning up connections` {
    /// Connections that no check of these tests is about.
    private func bystanders(_ it: Addressed) -> [ConntrackEntry] {
        [
            .init(.udp, it.other, to: it.one, from: 100), .init(.tcp, it.service, to: it.one),
            .init(.tcp, it.node, to: it.one, from: 101), .init(.udp, it.one, to: nil, from: 102),
            .init(.udp, Addressed(family: it.family == .v4 ? .v6 : .v4).service, to: nil),
        ]
    }

    private static func node(_ it: Addressed, _ serving: AddressAndPort...) -> StaleCheck {
        StaleCheck(.init(.udp, nodePort: it.node.port, it.family), .serving(Set(serving)))
    }

    typealias Case = (
        name: String, before: @Sendable (Addressed) -> [ConntrackEntry],
        check: @Sendable (Addressed) -> StaleCheck,
        left: @Sendable (Addressed) -> [ConntrackEntry]
    )
    private static let cases: [Case] = [
        (
            "a pod is replaced, or is ready no longer",
            {
                [.init(.udp, $0.service, to: $0.one), .init(.udp, $0.service, to: $0.two, from: 2)]
            },
            { $0.check($0.two) }, { [.init(.udp, $0.service, to: $0.two, from: 2)] }
        ),
        (
            "the target port changes", { [.init(.udp, $0.service, to: $0.one)] },
            { $0.check($0.moved) }, { _ in [] }
        ),
        (
            "the last endpoint is removed, or the service deleted",
            { [.init(.udp, $0.service, to: $0.one), .init(.udp, $0.service, to: nil, from: 2)] },
            { $0.check() }, { _ in [] }
        ),
        (
            "the first endpoint appears",
            { [.init(.udp, $0.service, to: nil), .init(.udp, $0.service, to: $0.one, from: 2)] },
            { $0.check($0.one) }, { [.init(.udp, $0.service, to: $0.one, from: 2)] }
        ),
        (
            "a node port's pod is replaced",
            { [.init(.udp, $0.node, to: $0.one), .init(.udp, $0.node, to: $0.two, from: 2)] },
            { node($0, $0.two) }, { [.init(.udp, $0.node, to: $0.two, from: 2)] }
        ),
        (
            "a node port is removed", { [.init(.udp, $0.node, to: $0.one)] }, { node($0) },
            { _ in [] }
        ),
        (
            "an external address is removed",
            { [.init(.udp, $0.external, to: $0.one), .init(.udp, $0.service, to: $0.two)] },
            { StaleCheck(.init(.udp, $0.external), .serving([])) },
            { [.init(.udp, $0.service, to: $0.two)] }
        ),
        (
            "a connection is in a zone of its own",
            { [.init(.udp, $0.service, to: $0.one, zone: 7)] }, { $0.check() }, { _ in [] }
        ),
    ]

    @Test(arguments: cases.indices, IPFamily.allCases)
    func `S84 what is stale goes, all else stays`(index: Int, family: IPFamily) throws {
        let (name, before, check, left) = Self.cases[index]
        let it = Addressed(family: family)
        try withLab { lab in
            let host = try lab.host("node")
            for mostLists in [0, 8] {
                var conntrack = try ConntrackSocket(in: host.namespace)
                try conntrack.run((before(it) + bystanders(it)).map(Request.create))
                let table = StaleTable([check(it)])
                let report = try host.run {
                    var scan = try StaleScan()
                    return scan.clean(family, table, mostLists: mostLists)
                }
                #expect(report.failure == nil, "\(name)")
                #expect(report.deleted == before(it).count - left(it).count, "\(name)")
                let now = Set(try conntrack.connections().map(\.original))
                #expect(now == Set((left(it) + bystanders(it)).map(\.original)), "\(name)")
                try conntrack.run(.deleteConnections)
            }
        }
    }

    @Test func `what was decided anew meanwhile is left to the next time`() throws {
        let it = Addressed(family: .v4)
        try withLab { lab in
            let host = try lab.host("node")
            var conntrack = try ConntrackSocket(in: host.namespace)
            try conntrack.run(.create(.init(.udp, it.service, to: it.one)))
            let newer = StaleTable([it.check(it.one)])
            let report = try host.run {
                var scan = try StaleScan()
                return scan.clean(.v4, StaleTable([it.check()]), unless: newer.covers)
            }
            #expect(report.deleted == 0)
            #expect(try conntrack.connections().count == 1)
        }
    }

    @Test func `thousands are deleted as they are listed`() throws {
        let it = Addressed(family: .v4)
        let ports = UInt16(1)...5000
        try withLab { lab in
            let host = try lab.host("node")
            var conntrack = try ConntrackSocket(in: host.namespace)
            try conntrack.run(
                ports.map { .create(.init(.udp, it.service, to: it.one, from: $0)) }
                    + ports.map { .create(.init(.udp, it.other, to: it.two, from: $0)) })
            let report = try host.run {
                var scan = try StaleScan()
                return scan.clean(.v4, StaleTable([it.check(it.moved)]))
            }
            #expect(report.deleted == 5000 && report.failure == nil)
            let left = try conntrack.connections()
            #expect(left.count == 5000)
            #expect(left.allSatisfy { $0.original.destination == it.other.address })
        }
    }

    @Test func `a thread of its own cleans up what it is told, and drains TCP after a grace`()
        throws
    {
        let it = Addressed(family: .v6)
        try withLab { lab in
            let host = try lab.host("node")
            var conntrack = try ConntrackSocket(in: host.namespace)
            try conntrack.run(
                .create(.init(.udp, it.service, to: it.one)),
                .create(.init(.tcp, it.service, to: it.one)),
                .create(.init(.tcp, it.service, to: it.two, from: 2)))
            let reports = CleanupReports()
            let cleaner = try host.run {
                try ConntrackCleaner(graces: [.tcp: .milliseconds(50)]) { reports.add($0) }
            }
            let start = MonotonicTime.now
            cleaner.add([it.check(it.two), .init(.init(.tcp, it.service), .removed([it.one]))])
            try reports.wait(for: 2)
            #expect(MonotonicTime.now - start >= .milliseconds(50))
            let left = try conntrack.connections()
            #expect(left.map(\.reply.source) == [it.two.address])
        }
    }
}
