import Network
import Platform
import Testing

@testable import DNS

@Suite struct UpstreamConnectionTests {
    @Test func `D75 what is truncated is asked for by TCP`() throws {
        var simulation = Simulation()
        try simulation.ask()
        for _ in 0..<3 {
            simulation.reply(to: simulation.sent[0]) { $0.flags.insert(.truncated) }
        }
        #expect(simulation.sent.count == 2 && simulation.sent[1].isStream)
        #expect(simulation.end() == nil)
        simulation.reply(to: simulation.sent[1])
        #expect(simulation.answer() != nil)
    }

    @Test func `a truncated reply cut within a record is asked for by TCP as well`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let reply = simulation.sent[0].message.reply { $0.flags.insert(.truncated) }.encoded()
        simulation.deliver(reply.dropLast(5), to: simulation.sent[0])
        #expect(simulation.sent.last?.isStream == true)
    }

    @Test func `questions share a connection and are answered in any order`() throws {
        var simulation = Simulation { $0.forcesTCP = true }
        for waiter in 0..<50 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
        #expect(Set(simulation.sent.map(\.socket)).count == 1)
        #expect(Set(simulation.sent.map(\.message.id)).count == 50)
        for sent in simulation.sent.reversed() { simulation.reply(to: sent) }
        #expect((0..<50).allSatisfy { simulation.answer(UInt64($0)) != nil })
        #expect(simulation.observations.count { $0 == .connectionUsed(upstream: 0) } == 49)
    }

    @Test func `a hundred questions fill a connection`() throws {
        var simulation = Simulation { $0.forcesTCP = true }
        for waiter in 0..<250 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
        #expect(simulation.open.count == 3)
    }

    @Test func `replies arrive in pieces of any size`() throws {
        for size in 1...40 {
            var simulation = Simulation { $0.forcesTCP = true }
            try simulation.ask("a.example", as: 1)
            try simulation.ask("b.example", as: 2)
            var bytes = simulation.sent.flatMap { $0.message.reply().encoded().framed }[...]
            while !bytes.isEmpty {
                simulation.deliver(stream: Array(bytes.prefix(size)), on: simulation.sent[0].socket)
                bytes = bytes.dropFirst(size)
            }
            #expect(simulation.answer(1) != nil && simulation.answer(2) != nil, "\(size)")
        }
    }

    @Test func `D74 a connection is closed when nobody has used it for long`() throws {
        var simulation = Simulation {
            $0.forcesTCP = true
            $0.expire = .seconds(3)
        }
        try simulation.ask("a.example", as: 1)
        simulation.reply(to: simulation.sent[0])
        simulation.pass(.seconds(2))
        try simulation.ask("b.example", as: 2)
        simulation.reply(to: simulation.sent[1])
        #expect(simulation.sent[0].socket == simulation.sent[1].socket)
        simulation.pass(.milliseconds(2900))
        #expect(simulation.open.count == 1)
        simulation.pass(.milliseconds(200))
        #expect(simulation.open.isEmpty && simulation.engine.connections.isEmpty)
    }

    @Test(arguments: [(nil, 299, true), (nil, 301, false), (20, 19, true), (20, 21, false)])
    func `an old connection gets no more questions`(
        limit: Int?, age: Int, isUsed: Bool
    ) throws {
        var simulation = Simulation {
            $0.forcesTCP = true
            $0.expire = .seconds(1000)
            if let limit { $0.longestConnection = .seconds(limit) }
        }
        try simulation.ask("a.example", as: 1)
        simulation.reply(to: simulation.sent[0])
        simulation.pass(.seconds(age))
        try simulation.ask("b.example", as: 2)
        #expect((simulation.sent[0].socket == simulation.sent[1].socket) == isUsed)
    }

    @Test func `no more idle connections are kept than are wanted`() throws {
        var simulation = Simulation {
            $0.forcesTCP = true
            $0.mostIdleConnections = 2
        }
        for waiter in 0..<450 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
        #expect(simulation.open.count == 5)
        for sent in simulation.sent { simulation.reply(to: sent) }
        #expect((0..<450).allSatisfy { simulation.answer(UInt64($0)) != nil })
        #expect(simulation.open.count == 2 && simulation.engine.connections.count == 2)
    }

    @Test func `when a connection that was in use ends, its questions go on another`() throws {
        var simulation = Simulation { $0.forcesTCP = true }
        try simulation.ask("a.example", as: 1)
        simulation.reply(to: simulation.sent[0])
        for waiter in 2...9 as ClosedRange<UInt64> {
            try simulation.ask("n\(waiter).example", as: waiter)
        }
        simulation.fail(simulation.sent[0].socket)
        #expect(simulation.open.count == 1 && simulation.sent.count == 17)
        #expect(!simulation.engine.upstreams[0].isSuspect)
        for sent in simulation.sent.suffix(8) { simulation.reply(to: sent) }
        #expect((2...9).allSatisfy { simulation.answer($0) != nil })
    }

    @Test func `a server that refuses connections is left for the next`() throws {
        var simulation = Simulation(upstreams: 2) { $0.forcesTCP = true }
        try simulation.ask()
        simulation.fail(simulation.sent[0].socket)
        let next = try #require(simulation.questions.last)
        #expect(next.peer == Simulation.peer(1))
        simulation.reply(to: next)
        #expect(simulation.answer() != nil)
    }

    @Test func `a server that closes every connection is asked a few times only`() throws {
        var simulation = Simulation { $0.forcesTCP = true }
        try simulation.ask()
        var closed = 0
        while simulation.end() == nil {
            while closed < simulation.sent.count {
                let socket = simulation.sent[closed].socket
                simulation.deliver(stream: [0], on: socket)
                simulation.fail(socket)
                closed += 1
            }
            simulation.pass(.milliseconds(10))
        }
        #expect(simulation.questions.count <= UpstreamQuestion.mostTries)
    }

    @Test func `a connection on which nothing comes gets no more questions`() throws {
        var simulation = Simulation { $0.forcesTCP = true }
        try simulation.ask("a.example", as: 1)
        simulation.pass(.milliseconds(500))
        try simulation.ask("b.example", as: 2)
        #expect(simulation.sent.last?.socket != simulation.sent.first?.socket)
        simulation.pass(.seconds(30))
        #expect(simulation.engine.connections.count <= 4)
    }
}
