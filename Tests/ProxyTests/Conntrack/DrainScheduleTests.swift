import Network
import Platform
import Testing

@testable import Proxy

@Suite struct `Backends that are drained` {
    private let it = Addressed(family: .v4)

    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    private func tcp(_ backends: StaleCheck.Backends) -> StaleCheck {
        StaleCheck(.init(.tcp, it.service), backends)
    }

    @Test func `connections are forgotten a grace after their backend was removed`() {
        var schedule = DrainSchedule(graces: [.tcp: .seconds(30)])
        schedule.add(tcp(.removed([it.one])), at: at(0))
        schedule.add(tcp(.removed([it.one, it.two])), at: at(10))
        #expect(schedule.next == at(30))
        #expect(schedule.take(at: at(29)).isEmpty)
        #expect(schedule.take(at: at(30)) == [tcp(.removed([it.one]))])
        #expect(schedule.next == at(40))
        #expect(schedule.take(at: at(50)) == [tcp(.removed([it.two]))])
        #expect(schedule.next == nil)
    }

    @Test func `a backend that is back keeps its connections`() {
        var schedule = DrainSchedule(graces: [.tcp: .seconds(30)])
        schedule.add(tcp(.removed([it.one, it.two])), at: at(0))
        schedule.add(tcp(.serving([it.one])), at: at(10))
        #expect(schedule.take(at: at(60)) == [tcp(.removed([it.two]))])
    }

    @Test(
        arguments: [
            ([.tcp: .seconds(30)], [.tcp: 30]), ([.sctp: .seconds(20)], [.sctp: 20]),
            ([.tcp: .seconds(30), .sctp: .zero], [.tcp: 30, .sctp: 0]), ([:], [:]),
        ] as [([TransportProtocol: Duration], [TransportProtocol: Int64])])
    func `each protocol is drained after its own grace, or never`(
        graces: [TransportProtocol: Duration], times: [TransportProtocol: Int64]
    ) {
        var schedule = DrainSchedule(graces: graces)
        let checks = [.tcp, .sctp].map { transport in
            StaleCheck(.init(transport, it.service), .removed([it.one]))
        }
        for check in checks { schedule.add(check, at: at(0)) }
        for seconds in Int64(0)...40 {
            let due = checks.filter { times[$0.target.transport] == seconds }
            #expect(schedule.take(at: at(seconds)) == due)
        }
        #expect(schedule.next == nil)
    }

    @Test(
        arguments: [
            ("weft: {drainTCP: 30s}", [.tcp: .seconds(30)]),
            ("weft: {drainSCTP: 0s}", [.sctp: .zero]),
            ("weft: {drainTCP: 30s, drainSCTP: 1h}", [.tcp: .seconds(30), .sctp: .seconds(3600)]),
            ("", [:]),
        ] as [(String, [TransportProtocol: Duration])])
    func `the configuration has a grace for each protocol`(
        fields: String, graces: [TransportProtocol: Duration]
    ) throws {
        #expect(ProxySettings(try read(fields), nodeName: "n1").graces == graces)
    }

    @Test func `UDP is cleaned at once, TCP only when there is a grace`() {
        for grace in [nil, Duration.seconds(30)] {
            var backlog = CleanupBacklog(graces: grace.map { [.tcp: $0] } ?? [:])
            #expect(backlog.next(at(0)) == nil)
            backlog.add([tcp(.removed([it.one]))], at: at(0))
            #expect(backlog.next(at(0)) == grace.map { at(0) + $0 })
            backlog.add([it.check(it.one)], at: at(1))
            #expect(backlog.next(at(1)) == at(1))
            #expect(backlog.newer.covers(.init(.udp, it.service, to: it.two)))
            #expect(Array(backlog.take(at: at(1)).targets) == [.init(.udp, it.service)])
            #expect(backlog.newer.isEmpty)
            #expect(backlog.take(at: at(60)).isEmpty == (grace == nil))
            #expect(backlog.next(at(60)) == nil)
        }
    }

    @Test func `what failed is tried again after a pause, unless more is known by then`() {
        var backlog = CleanupBacklog()
        let other = StaleCheck(.init(.udp, it.other), .serving([]))
        backlog.add([it.check(), other], at: at(0))
        let failed = backlog.take(at: at(0))
        backlog.add([it.check(it.one)], at: at(1))
        backlog.failed(failed.checks, at: at(2))
        #expect(backlog.next(at(2)) == at(7) && backlog.next(at(8)) == at(8))
        #expect(Set(backlog.take(at: at(8)).checks) == [it.check(it.one), other])
        backlog.add([other], at: at(9))
        #expect(backlog.next(at(9)) == at(9))
    }

    @Test func `a cleanup is followed by a rest of four times its length, a second at most`() {
        for (taken, rest) in [(0, 0), (10, 40), (250, 1000), (5000, 1000)] {
            var backlog = CleanupBacklog(graces: [.tcp: .zero])
            backlog.finished(at: at(1), after: .milliseconds(taken))
            #expect(backlog.next(at(1)) == nil)
            let end = at(1) + .milliseconds(rest)
            backlog.add([it.check()], at: at(1))
            #expect(backlog.next(at(1)) == end && backlog.next(at(3)) == at(3))
            #expect(!backlog.take(at: end).isEmpty)
            backlog.finished(at: at(3), after: .milliseconds(taken))
            backlog.add([tcp(.removed([it.one]))], at: at(3))
            #expect(backlog.next(at(3)) == at(3) + .milliseconds(rest))
        }
    }

    @Test func `a rest does not end the pause after a failure`() {
        var backlog = CleanupBacklog()
        backlog.failed([it.check()], at: at(1))
        backlog.finished(at: at(1), after: .milliseconds(10))
        #expect(backlog.next(at(1)) == at(6))
    }

    @Test func `what came meanwhile is done together, the latest of each target`() {
        var backlog = CleanupBacklog()
        backlog.add([it.check()], at: at(0))
        backlog.add([it.check(it.one), .init(.init(.udp, it.other), .serving([]))], at: at(1))
        let table = backlog.take(at: at(2))
        #expect(Set(table.targets) == [.init(.udp, it.service), .init(.udp, it.other)])
        #expect(!table.isStale(.init(.udp, it.service, to: it.one)))
    }
}
