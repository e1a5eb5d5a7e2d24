import Network
import Testing

@testable import DNS

@Suite struct ForgedReplyTests {
    /// What an attacker, or a fault, puts before the reply.
    static let forgeries: [(String, @Sendable (inout Message) -> Void)] = [
        ("another id", { $0.id &+= 1 }),
        ("a question", { $0.flags.remove(.response) }),
        ("an opcode", { $0.flags.insert(HeaderFlags(rawValue: 0x2800)) }),
        ("another name", { $0.questions[0].name = .root }),
        ("another type", { $0.questions[0].type = .aaaa }),
        ("another class", { $0.questions[0].recordClass = .chaos }),
        ("no question", { $0.questions = [] }),
        ("two questions", { $0.questions += $0.questions }),
    ]

    @Test(arguments: forgeries.indices)
    func `D76 D78 what is not the reply is not taken, and the reply still is`(number: Int) throws {
        var simulation = Simulation()
        try simulation.ask()
        let query = simulation.sent[0]

        simulation.reply(to: query, Self.forgeries[number].1)
        #expect(simulation.end() == nil, "\(Self.forgeries[number].0)")
        #expect(simulation.sent.count == 1)

        simulation.reply(to: query)
        #expect(simulation.answer() != nil)
    }

    @Test func `a reply from elsewhere is not taken`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let (query, reply) = (simulation.sent[0], simulation.sent[0].message.reply().encoded())
        let peer = query.peer
        simulation.deliver(reply, to: query, from: AddressAndPort(peer.address, 5353))
        simulation.deliver(reply, to: query, from: Simulation.peer(5))
        #expect(simulation.end() == nil)
        simulation.deliver(reply, to: query)
        #expect(simulation.answer() != nil)
    }

    @Test func `a reply cut anywhere is not taken`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let (query, reply) = (simulation.sent[0], simulation.sent[0].message.reply().encoded())
        for length in 0..<reply.count {
            simulation.deliver(Array(reply[..<length]), to: query)
            #expect(simulation.end() == nil, "\(length)")
        }
        simulation.deliver(reply, to: query)
        #expect(simulation.answer() != nil)
    }

    @Test(arguments: [ResponseCode.formatError, .notImplemented], [true, false])
    func `a refusal of EDNS makes one more question, without it`(
        code: ResponseCode, hasQuestion: Bool
    ) throws {
        var simulation = Simulation()
        try simulation.ask()
        let query = simulation.sent[0]
        for _ in 0..<5 {
            simulation.reply(to: query) {
                $0.flags.insert(HeaderFlags(rawValue: code.rawValue))
                $0.answers = []
                if !hasQuestion { $0.questions = [] }
            }
        }
        #expect(simulation.sent.count == 2)
        #expect(simulation.sent[1].message.edns == nil)
        simulation.reply(to: simulation.sent[1])
        #expect(simulation.answer() != nil && simulation.open.isEmpty)
    }

    @Test func `the reply is taken even after a forged refusal of EDNS`() throws {
        var simulation = Simulation()
        try simulation.ask()
        let query = simulation.sent[0]
        simulation.reply(to: query) {
            $0.flags.insert(HeaderFlags(rawValue: ResponseCode.formatError.rawValue))
            $0.questions = []
        }
        simulation.reply(to: query)
        #expect(simulation.answer()?.answers.count == 1)
    }

    @Test func `D78 X10 the reply is taken even after a refusal of the packet`() throws {
        var simulation = Simulation()
        try simulation.ask()
        simulation.fail(simulation.sent[0].socket)
        #expect(simulation.end() == nil)
        simulation.reply(to: simulation.sent[0])
        #expect(simulation.answer() != nil)
    }

    @Test func `a name in random case must come back in it`() throws {
        var simulation = Simulation { $0.uses0x20 = true }
        try simulation.ask("www.example.com")
        let query = simulation.sent[0]
        let lower = try DomainName("www.example.com")
        #expect(query.message.questions[0].name.wire != lower.wire)
        simulation.reply(to: query) { $0.questions[0].name = lower }
        #expect(simulation.end() == nil)
        simulation.reply(to: query)
        #expect(simulation.answer()?.answers.first?.name.wire == lower.wire)
    }

    @Test func `a server that does not keep the case is asked by TCP, then without`() throws {
        var simulation = Simulation { $0.uses0x20 = true }
        let lower = try DomainName("www.example.com")
        try simulation.ask("www.example.com")
        simulation.reply(to: simulation.sent[0]) { $0.questions[0].name = lower }
        let query = try #require(simulation.sent.last)
        #expect(query.isStream)
        simulation.reply(to: query) { $0.questions[0].name = lower }
        #expect(simulation.answer() != nil)

        let other = try DomainName("mail.example.com")
        simulation.ask(Lookup(other, .a), as: 2)
        #expect(simulation.sent.last?.message.questions[0].name.wire == other.wire)
    }

    @Test func `a server without TCP that does not keep the case is asked in lower case`() throws {
        var simulation = Simulation { $0.uses0x20 = true }
        let lower = try DomainName("www.example.com")
        try simulation.ask("www.example.com")
        simulation.reply(to: simulation.sent[0]) { $0.questions[0].name = lower }
        simulation.pass(.milliseconds(900))
        let query = try #require(simulation.questions.last)
        #expect(!query.isStream && query.message.questions[0].name.wire == lower.wire)
        simulation.reply(to: query)
        #expect(simulation.answer() != nil)
    }
}
