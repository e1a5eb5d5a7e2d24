import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

@Suite struct ForwardChanceTests {
    /// Whatever happens in whatever order, everybody is answered once and in time, and nothing is left.
    @Test(arguments: [UInt64](1...20))
    func `events by chance leave nobody waiting and nothing open`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var settings = ForwardSettings(
            (0..<3).map { .init(Simulation.peer($0), $0 == 2 ? .tcp : .udp) })
        settings.maxConcurrent = 40
        settings.failover = [.serverFailure]
        settings.uses0x20 = seed % 2 == 0
        settings.forcesTCP = seed % 5 == 0
        var simulation = Simulation([settings], seed: seed)
        var starts: [UInt64: MonotonicTime] = [:]
        for number in 1...3000 as ClosedRange<UInt64> {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0...2:
                starts[number] = simulation.now
                try simulation.ask("n\(Int.random(in: 0..<60, using: &chance)).example", as: number)
            case 3: simulation.pass(.milliseconds(Int.random(in: 0..<300, using: &chance)))
            case 4:
                if let socket = simulation.open.sorted(by: { $0.rawValue < $1.rawValue })
                    .randomElement(using: &chance)
                {
                    simulation.fail(socket)
                }
            default: answer(&simulation, &chance)
            }
        }
        simulation.pass(.seconds(2))
        for (waiter, start) in starts {
            #expect(try #require(simulation.time(waiter, since: start)) <= ForwardEngine.budget)
        }
        // Servers that are suspected are probed until they reply.
        for probe in simulation.probes { simulation.reply(to: probe) }
        for upstream in simulation.engine.upstreams.indices {
            simulation.engine.upstreams[upstream].heard(at: simulation.now)
        }
        simulation.pass(.seconds(20))
        #expect(simulation.open.isEmpty && simulation.engine.questions.isEmpty)
        #expect(simulation.engine.connections.isEmpty && simulation.engine.datagrams.isEmpty)
        #expect(simulation.engine.deadline == nil && simulation.engine.pools[0].questions == 0)
    }

    private func answer(_ simulation: inout Simulation, _ chance: inout SeededGenerator) {
        guard let sent = simulation.sent.suffix(30).randomElement(using: &chance) else { return }
        let kind = Int.random(in: 0..<6, using: &chance)
        simulation.reply(to: sent) { reply in
            switch kind {
            case 0: reply.id &+= 1
            case 1: reply.flags.insert(.truncated)
            case 2: reply.flags.insert(HeaderFlags(rawValue: 2))
            case 3:
                reply.questions = []
                reply.flags.insert(HeaderFlags(rawValue: 1))
            case 4: reply.questions = reply.questions.map { .init($0.name.lowercased, $0.type) }
            default: break
            }
        }
    }
}
