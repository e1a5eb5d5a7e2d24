import Network
import Platform
import Testing

@testable import DNS

@Suite struct DigExchangeTests {
    private func exchange(_ upstream: FakeUpstream, tcp: Bool = false) throws -> DigExchange {
        var request = DigRequest(try DomainName("web.example"))
        request.server = DigServer(ScopedAddress(upstream.address.address), upstream.address.port)
        request.usesTCP = tcp
        request.timeout = .seconds(5)
        request.tries = 1
        return try DigExchange(request, ResolverConfiguration())
    }

    private static let question = Message.Question(
        DomainName(unchecked: [3, 119, 101, 98, 7] + "example".utf8 + [0]), .a)

    @Test func `a reply comes with how it came`() throws {
        let upstream = try FakeUpstream { asked in
            asked.source == nil ? [] : [.reply { $0.responseCode = .nameError }]
        }
        let reply = try exchange(upstream).ask(Self.question)
        #expect(reply.transport == .udp && reply.message.responseCode == .nameError)
        #expect(reply.size == reply.message.encoded().count)
        #expect(upstream.questions.map(\.message.edns?.payloadSize) == [1232])
        #expect(upstream.questions[0].message.flags.contains(.recursionDesired))
    }

    @Test func `what was cut short is asked for by TCP`() throws {
        let upstream = try FakeUpstream { asked in
            asked.source == nil ? [.reply] : [.reply { $0.flags.insert(.truncated) }]
        }
        let reply = try exchange(upstream).ask(Self.question)
        #expect(reply.transport == .tcp && !reply.message.flags.contains(.truncated))
        #expect(upstream.questions.count == 2)
    }

    @Test func `TCP alone is used where that is wanted`() throws {
        let upstream = try FakeUpstream { _ in [.reply] }
        let reply = try exchange(upstream, tcp: true).ask(Self.question)
        #expect(reply.transport == .tcp && upstream.questions.map { $0.source == nil } == [true])
    }

    @Test func `a server that does not know EDNS is asked without`() throws {
        let upstream = try FakeUpstream { asked in
            asked.message.edns == nil ? [.reply] : [.reply { $0.responseCode = .formatError }]
        }
        let reply = try exchange(upstream).ask(Self.question)
        #expect(reply.message.responseCode == .noError && upstream.questions.count == 2)
    }

    @Test func `a forged reply is passed over`() throws {
        let upstream = try FakeUpstream { _ in [.reply { $0.id &+= 1 }, .bytes([1]), .reply] }
        let reply = try exchange(upstream).ask(Self.question)
        #expect(reply.message.id == upstream.questions.first?.message.id)
    }

    @Test func `a server that says nothing is asked again, and then given up`() throws {
        let upstream = try FakeUpstream { _ in [] }
        var exchange = try exchange(upstream)
        (exchange.timeout, exchange.tries) = (.milliseconds(20), 3)
        let error = #expect(throws: DNSError.self) { try exchange.ask(Self.question) }
        #expect(error?.cause.contains("waited 20 ms, 3 times") == true, "\(error?.cause ?? "")")
        #expect(upstream.questions.count == 3)
    }

    @Test func `a port that nobody listens at is an error with the server's name`() throws {
        let free = try UDPSocket(AddressAndPort(.v4(.loopback), 0))
        let local = try #require(try free.socket.localAddress?.ip)
        var request = DigRequest(.root)
        request.server = DigServer(ScopedAddress(local.address), local.port)
        request.usesTCP = true
        let exchange = try DigExchange(request, ResolverConfiguration())
        let error = #expect(throws: DNSError.self) { try exchange.ask(Self.question) }
        #expect(error?.code == .upstream && error?.operation == "ask \(local)")
    }
}
