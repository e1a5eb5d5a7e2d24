import Network
import Platform
import Testing

@testable import DNS

@Suite struct UpstreamFailureTests {
    @Test(arguments: 1...4)
    func `D80 servers that say nothing end the question in time`(upstreams: Int) throws {
        var simulation = Simulation(upstreams: upstreams)
        let start = simulation.now
        try simulation.ask()
        simulation.pass(.seconds(5))
        #expect(simulation.end() == .failure(.timedOut))
        #expect(try #require(simulation.time(since: start)) <= .milliseconds(1800))
        #expect((3...8).contains(simulation.questions.count))
        #expect(
            Set(simulation.questions.prefix(upstreams).map(\.peer)).count == upstreams)
        #expect(simulation.engine.questions.count <= 2 * upstreams)
    }

    @Test func `the reply is taken however late the question allows`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let query = simulation.sent[0]
        simulation.pass(.milliseconds(1700))
        #expect(simulation.questions.count > 1)
        simulation.reply(to: query)
        #expect(simulation.answer() != nil)
        simulation.pass(.seconds(2))
        #expect(simulation.open.isEmpty && simulation.engine.deadline == nil)
    }

    @Test func `a reply that comes after the end is nobody's`() throws {
        var simulation = Simulation()
        try simulation.ask()
        simulation.pass(.milliseconds(1900))
        simulation.reply(to: simulation.sent[0])
        #expect(simulation.end() == .failure(.timedOut))
    }

    @Test func `the next server is asked when one is silent`() throws {
        var simulation = Simulation(upstreams: 2)
        try simulation.ask()
        simulation.pass(.milliseconds(450))
        #expect(simulation.questions.map(\.peer) == [Simulation.peer(0), Simulation.peer(1)])
        simulation.reply(to: simulation.questions[1])
        guard case .answer(_, let source) = simulation.end() else { throw Missing() }
        #expect(source == Simulation.peer(1))
    }

    @Test func `patience follows how fast a server is`() {
        var state = UpstreamState(.init(Simulation.peer(0)), pool: 0, maxFails: 2)
        #expect(state.patience(afterTries: 0) == .milliseconds(400))
        for _ in 0..<20 { state.measured(.milliseconds(2)) }
        #expect(state.patience(afterTries: 0) == .milliseconds(200))
        #expect(state.patience(afterTries: 1) == .milliseconds(400))
        #expect(state.patience(afterTries: 9) == .milliseconds(800))
        for _ in 0..<100 { state.measured(.milliseconds(500)) }
        #expect(state.patience(afterTries: 0) == .milliseconds(800))
    }

    @Test(arguments: [1, 2, 3, 15])
    func `D80 RFC 9520 servers that refuse are asked a few times and no more`(upstreams: Int) throws
    {
        var simulation = Simulation(upstreams: upstreams)
        let start = simulation.now
        try simulation.ask()
        var refused = 0
        while simulation.end() == nil {
            while refused < simulation.sent.count {
                simulation.fail(simulation.sent[refused].socket)
                refused += 1
            }
            simulation.pass(.milliseconds(10))
        }
        #expect(simulation.end() == .failure(.refused))
        #expect(simulation.questions.count <= min(2 * upstreams, 8))
        #expect(try #require(simulation.time(since: start)) < .milliseconds(800))
    }

    @Test func `D80 the next server is asked at once when one refuses`() throws {
        var simulation = Simulation(upstreams: 2)
        try simulation.ask()
        simulation.fail(simulation.sent[0].socket)
        #expect(simulation.questions.last?.peer == Simulation.peer(1))
        // A second report of the same refusal changes nothing.
        simulation.fail(simulation.sent[0].socket)
        #expect(simulation.questions.count == 2)
    }

    @Test func `a socket that cannot be opened is no server's fault`() throws {
        var simulation = Simulation()
        try simulation.ask()
        simulation.fail(simulation.sent[0].socket, .unusable)
        simulation.pass(.milliseconds(50))
        #expect(simulation.engine.upstreams[0].isSuspect == false && simulation.probes.isEmpty)
    }

    @Test func `D74 a reply that another server may better is kept for want of one`() throws {
        var simulation = Simulation(upstreams: 2) { $0.failover = [.serverFailure] }
        func fail(_ message: inout Message) { message.flags.insert(HeaderFlags(rawValue: 2)) }
        try simulation.ask(as: 1)
        simulation.reply(to: simulation.sent[0], fail)
        #expect(simulation.sent.count == 2 && simulation.end(1) == nil)
        simulation.reply(to: simulation.sent[1])
        #expect(simulation.answer(1)?.responseCode == .noError)

        try simulation.ask(as: 2)
        simulation.reply(to: simulation.sent[2], fail)
        simulation.reply(to: simulation.sent[3], fail)
        #expect(simulation.answer(2)?.responseCode == .serverFailure)
    }

    private struct Missing: Error {}
}
