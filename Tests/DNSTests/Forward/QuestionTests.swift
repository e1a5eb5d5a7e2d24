import Network
import Testing

@testable import DNS

@Suite struct QuestionTests {
    @Test func `an answer ends the question and closes its socket`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let query = try #require(simulation.sent.first)
        #expect(query.message.edns?.payloadSize == 1232)
        #expect(query.message.flags == .recursionDesired)

        simulation.reply(to: query)

        #expect(simulation.answer()?.answers.map(\.data) == [[192, 0, 2, 1]])
        #expect(simulation.open.isEmpty && simulation.engine.questions.isEmpty)
        #expect(simulation.engine.datagrams.isEmpty && simulation.engine.deadline == nil)
    }

    @Test func `RFC 4035 flags are passed on as asked`() throws {
        var lookup = Lookup(try DomainName("a.b"), RecordType(rawValue: 65400))
        (lookup.wantsDNSSEC, lookup.checkingDisabled, lookup.authenticData) = (true, true, true)
        var simulation = Simulation()
        simulation.ask(lookup)
        let message = try #require(simulation.sent.first?.message)
        #expect(message.edns?.wantsDNSSEC == true)
        #expect(message.flags == [.recursionDesired, .checkingDisabled, .authenticData])
        #expect(message.questions.first?.type == RecordType(rawValue: 65400))
    }

    @Test(arguments: [UInt64](1...4))
    func `ids are no row of numbers`(seed: UInt64) throws {
        var simulation = Simulation([ForwardSettings([.init(Simulation.peer(0))])], seed: seed)
        for waiter in 0..<200 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
        #expect(Set(simulation.sent.map(\.message.id)).count > 190)
    }

    @Test func `D88 equal lookups are one question with an answer for each`() throws {
        var simulation = Simulation()
        for waiter in 0..<100 {
            try simulation.ask(
                waiter % 2 == 0 ? "www.example.com" : "WWW.Example.com", as: UInt64(waiter))
        }
        #expect(simulation.sent.count == 1)
        simulation.reply(to: simulation.sent[0])
        #expect(simulation.ends.count == 100)
        #expect((0..<100).allSatisfy { simulation.answer(UInt64($0)) != nil })
    }

    @Test func `a failure is everybody's who waits for it`() throws {
        var simulation = Simulation()
        for waiter in 0..<50 { try simulation.ask(as: UInt64(waiter)) }
        simulation.pass(.seconds(2))
        #expect(simulation.questions.count <= UpstreamQuestion.mostTries)
        #expect((0..<50).allSatisfy { simulation.end(UInt64($0)) == .failure(.timedOut) })
    }

    @Test(arguments: [1, 3, 8]) func `a question is sent as often as is allowed`(most: Int) throws {
        var simulation = Simulation(upstreams: 2) { $0.mostTries = most }
        try simulation.ask()
        simulation.pass(.seconds(2))
        #expect(simulation.questions.count <= most)
        #expect(simulation.questions.count >= min(most, 4))
        #expect(simulation.end() == .failure(.timedOut))
    }

    @Test func `what is truncated may be asked for by TCP beside the tries allowed`() throws {
        var simulation = Simulation { $0.mostTries = 1 }
        try simulation.ask()
        simulation.reply(to: simulation.sent[0]) { $0.flags.insert(.truncated) }
        let again = try #require(simulation.sent.last)
        simulation.reply(to: again)
        #expect(again.isStream && simulation.answer() != nil)
    }

    @Test func `a question is sent again when no reply came in the time for one`() throws {
        var simulation = Simulation { $0.readTimeout = .milliseconds(50) }
        try simulation.ask()
        simulation.pass(.milliseconds(49))
        #expect(simulation.questions.count == 1)
        simulation.pass(.milliseconds(2))
        #expect(simulation.questions.count == 2)
    }

    @Test func `lookups that differ in what they want are questions of their own`() throws {
        var simulation = Simulation(
            [
                ForwardSettings([.init(Simulation.peer(0))]),
                ForwardSettings([.init(Simulation.peer(1))]),
            ])
        let plain = Lookup(try DomainName("a.b"), .a)
        var secure = plain
        secure.wantsDNSSEC = true
        var unchecked = plain
        unchecked.checkingDisabled = true
        let others = [Lookup(plain.name, .aaaa), Lookup(plain.name, .a, .chaos)]
        for (number, lookup) in ([plain, secure, unchecked] + others).enumerated() {
            simulation.ask(lookup, as: UInt64(number))
        }
        simulation.ask(plain, as: 9, pool: 1)
        #expect(simulation.sent.count == 6)
    }

    @Test func `no more than so many wait for one reply`() throws {
        var simulation = Simulation()
        for waiter in 0...ForwardEngine.mostWaiters { try simulation.ask(as: UInt64(waiter)) }
        let last = UInt64(ForwardEngine.mostWaiters)
        #expect(simulation.end(last) == .failure(.tooManyQuestions))
        #expect(simulation.end(last - 1) == nil)
    }

    @Test func `D74 a pool takes no more questions than it may, and more as they end`() throws {
        var simulation = Simulation { $0.maxConcurrent = 10 }
        for waiter in 0..<1000 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
        #expect(simulation.questions.count == 10)
        #expect(simulation.end(10) == .failure(.tooManyQuestions))
        #expect(ForwardFailure.tooManyQuestions.responseCode == .refused)
        #expect(simulation.observations.count { $0 == .rejected(pool: 0) } == 990)

        simulation.reply(to: simulation.sent[0])
        try simulation.ask("late.example", as: 2000)
        #expect(simulation.questions.count == 11 && simulation.end(2000) == nil)
    }

    @Test func `D74 the policy says who is asked`() throws {
        func asked(_ policy: ForwardSettings.Policy) throws -> [AddressAndPort] {
            var simulation = Simulation(upstreams: 3) { $0.policy = policy }
            for waiter in 0..<300 { try simulation.ask("n\(waiter).example", as: UInt64(waiter)) }
            return simulation.questions.map(\.peer)
        }
        #expect(try asked(.sequential) == Array(repeating: Simulation.peer(0), count: 300))
        #expect(try asked(.roundRobin) == (0..<300).map { Simulation.peer($0 % 3) })
        let random = try asked(.random)
        for peer in 0..<3 {
            #expect((60...140).contains(random.count { $0 == Simulation.peer(peer) }))
        }
    }

    @Test func `aliases in a circle are a failure at once`() throws {
        var simulation = Simulation()
        try simulation.ask("a.example")
        let (first, second) = (try DomainName("a.example"), try DomainName("b.example"))
        simulation.reply(to: simulation.sent[0]) {
            $0.answers = [
                Record(first, .cname, ttl: 5, data: second.wire),
                Record(second, .cname, ttl: 5, data: first.wire),
            ]
        }
        #expect(simulation.end() == .failure(.badAnswer))
    }
}
