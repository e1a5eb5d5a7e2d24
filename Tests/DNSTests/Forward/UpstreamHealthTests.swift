import Network
import Platform
import Testing

@testable import DNS

@Suite struct UpstreamHealthTests {
    @Test func `D75 D80 a dead server costs the first questions their patience only`() throws {
        var simulation = Simulation(upstreams: 2)
        var slow = 0
        for waiter in 1...100 as ClosedRange<UInt64> {
            let start = simulation.now
            try simulation.ask("n\(waiter).example", as: waiter)
            while simulation.end(waiter) == nil {
                if let last = simulation.questions.last, last.peer == Simulation.peer(1) {
                    simulation.reply(to: last)
                } else {
                    simulation.pass(.milliseconds(10))
                }
            }
            if try #require(simulation.time(waiter, since: start)) > .milliseconds(50) { slow += 1 }
            simulation.pass(.milliseconds(20))
        }
        #expect((1...2).contains(slow))
    }

    @Test
    func `D75 a server that is down is probed until it replies, and then asked again`() throws {
        var simulation = Simulation(upstreams: 2)
        try simulation.ask()
        simulation.pass(.seconds(10))
        let before = simulation.probes.count { $0.peer == Simulation.peer(0) }
        #expect((15...21).contains(before))
        #expect(simulation.engine.upstreams[0].isDown)
        let probe = try #require(simulation.probes.last { $0.peer == Simulation.peer(0) })
        #expect(probe.message.questions[0].name == .root && probe.message.edns == nil)
        #expect(probe.message.flags == .recursionDesired)

        simulation.reply(to: probe) { $0.flags.insert(HeaderFlags(rawValue: 5)) }
        #expect(!simulation.engine.upstreams[0].isDown)
        let sent = simulation.probes.count { $0.peer == Simulation.peer(0) }
        simulation.pass(.seconds(5))
        #expect(simulation.probes.count { $0.peer == Simulation.peer(0) } == sent)
        try simulation.ask("next.example", as: 2)
        #expect(simulation.questions.last?.peer == Simulation.peer(0))
    }

    @Test func `D75 a probe asks what the settings say`() throws {
        var simulation = Simulation {
            $0.healthCheck.domain = .root
            $0.healthCheck.wantsRecursion = false
            $0.healthCheck.interval = .seconds(2)
        }
        try simulation.ask()
        simulation.pass(.seconds(10))
        #expect((4...6).contains(simulation.probes.count))
        #expect(simulation.probes.allSatisfy { $0.message.flags == [] })
        #expect(simulation.observations.contains(.probeFailed(upstream: 0)))
    }

    @Test func `a server that answers others is not down for one name's sake`() throws {
        var simulation = Simulation()
        for waiter in 1...20 as ClosedRange<UInt64> {
            try simulation.ask("dead\(waiter).example", as: waiter)
            try simulation.ask("live\(waiter).example", as: 100 + waiter)
            simulation.pass(.milliseconds(5))
            simulation.reply(to: try #require(simulation.questions.last))
            simulation.pass(.milliseconds(100))
            #expect(!simulation.engine.upstreams[0].isDown)
        }
    }

    @Test func `D74 with max_fails 0 no server is ever down`() throws {
        var simulation = Simulation { $0.maxFails = 0 }
        for waiter in 1...5 as ClosedRange<UInt64> {
            try simulation.ask(as: waiter)
            simulation.pass(.seconds(2))
        }
        #expect(!simulation.engine.upstreams[0].isDown && simulation.probes.isEmpty)
    }

    @Test(arguments: [false, true])
    func `D75 when all are down one is tried anyway, unless that is not wanted`(
        failsFast: Bool
    ) throws {
        var simulation = Simulation(upstreams: 2) { $0.failsFast = failsFast }
        try simulation.ask(as: 1)
        simulation.pass(.seconds(4))
        #expect(simulation.engine.upstreams.allSatisfy { $0.isDown })
        let before = simulation.questions.count
        try simulation.ask(as: 2)
        #expect(simulation.observations.last == .allDown(pool: 0))
        if failsFast {
            #expect(simulation.end(2) == .failure(.noReachableUpstream))
        } else {
            #expect(simulation.questions.count == before + 1)
            simulation.reply(to: try #require(simulation.questions.last))
            #expect(simulation.answer(2) != nil)
        }
    }
}
