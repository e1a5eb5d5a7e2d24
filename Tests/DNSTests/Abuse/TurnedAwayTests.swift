import CAllocations
import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

/// A server at one moment, at which each client may ask three times.
private func server(
    _ cluster: borrowing SmallCluster, _ change: (inout RateLimitOptions) -> Void = { _ in }
) throws -> AskedServer {
    var options = RateLimitOptions(rate: 1)
    options.burst = 3
    change(&options)
    var parts = ServedBlock.Parts()
    parts.cluster = try cluster.zone()
    var server = try AskedServer(parts, readers: cluster.epochs, limit: RateLimit(options))
    server.moment = .now
    return server
}

private func withCookie(_ cookie: [UInt8]) -> (inout Message) -> Void {
    { message in
        message.edns = EDNS(payloadSize: 1232)
        message.edns?.options = [EDNS.Option(.cookie, cookie)]
    }
}

@Suite struct TurnedAwayTests {
    @Test func `beyond the limit every second datagram is sent to TCP, and the others dropped`()
        throws
    {
        let cluster = try SmallCluster()
        var server = try server(cluster)
        for _ in 0..<3 { #expect(try server.ask(web).message?.answers.count == 1) }
        for number in 1...10 {
            let message = try server.ask(web).message
            #expect((message != nil) == (number % 2 == 0))
            guard let message else { continue }
            #expect(message.flags.contains(.truncated) && message.answers.isEmpty)
            #expect(message.responseCode == .noError)
            #expect(message.questions.first?.name == (try DomainName(web)))
        }
        // Where it is answered, as everybody else is here.
        #expect(try server.ask(web, by: .tcp).message?.answers.count == 1)
        #expect(try server.ask(web, from: "10.1.0.2").message?.answers.count == 1)
    }

    @Test(arguments: [(0, 0), (1, 60), (3, 20), (60, 1)])
    func `as many get a short reply as was wanted`(slip: Int, expected: Int) throws {
        let cluster = try SmallCluster()
        var server = try server(cluster) { $0.slip = slip }
        for _ in 0..<3 { _ = try server.ask(web) }
        var short = 0
        for _ in 0..<60 where try server.ask(web).message != nil { short += 1 }
        #expect(short == expected)
    }

    @Test func `X3 a short reply is hardly longer than its question`() throws {
        let cluster = try SmallCluster()
        for cookie in [nil, Array(1...8), Array(1...40)] as [[UInt8]?] {
            var server = try server(cluster) { $0.slip = 1 }
            var message = Message.query(try DomainName(many), .srv, id: 1)
            if let cookie { withCookie(cookie)(&message) }
            let query = message.encoded()
            for _ in 0..<3 { _ = try server.ask(query) }
            let reply = try #require(try server.ask(query).message)
            #expect(reply.answers.isEmpty)
            #expect(reply.encoded().count <= query.count + 16)
        }
    }

    @Test func `X23 a client with a cookie gets ours, and is known by it`() throws {
        let cluster = try SmallCluster()
        var server = try server(cluster) { $0.slip = 1 }
        for _ in 0..<3 { _ = try server.ask(web) }
        var cookie = Array(1...8) as [UInt8]
        // None of ours, then one that was bent.
        for _ in 0..<2 {
            let refused = try #require(try server.ask(web, .a, withCookie(cookie)).message)
            #expect(refused.responseCode == .badCookie && !refused.flags.contains(.truncated))
            cookie = try #require(refused.edns?.options.first { $0.code == .cookie }?.data)
            #expect(cookie.count == 24)
            cookie[20] ^= 1
        }
        cookie[20] ^= 1
        // Now it has an account of its own, which ends, too.
        for _ in 0..<3 {
            #expect(try server.ask(web, .a, withCookie(cookie)).message?.answers.count == 1)
        }
        let last = try #require(try server.ask(web, .a, withCookie(cookie)).message)
        #expect(last.flags.contains(.truncated) && last.responseCode == .noError)
    }

    @Test func `who is excepted may ask as often as it likes`() throws {
        let cluster = try SmallCluster()
        let network = try CIDR(validating: "10.1.0.0/24")
        var server = try server(cluster) { $0.exceptions = [network] }
        for _ in 0..<20 { #expect(try server.ask(web).message?.answers.count == 1) }
        for _ in 0..<3 { _ = try server.ask(web, from: "10.2.0.1") }
        #expect(try server.ask(web, from: "10.2.0.1").message == nil)
    }

    @Test func `nothing is said beyond the limit to what is no question`() throws {
        let cluster = try SmallCluster()
        var server = try server(cluster) { $0.slip = 1 }
        for _ in 0..<3 { _ = try server.ask(web) }
        for octets in [[], [UInt8](repeating: 0, count: 12), [UInt8](repeating: 7, count: 99)] {
            #expect(try server.ask(octets).message == nil)
        }
    }

    @Test func `turning away takes no memory`() throws {
        if weft_allocations() < 0 { return }
        let cluster = try SmallCluster()
        var options = RateLimitOptions(rate: 1)
        options.slip = 1
        var parts = ServedBlock.Parts()
        parts.cluster = try cluster.zone()
        let catalog = Catalog(
            [ServedBlock(.root, parts)], cookies: .test, limit: RateLimit(options))
        guard let reader = cluster.epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "read as one more")
        }
        var answerer = Answerer(catalog, reader)
        var message = Message.query(try DomainName(web), .a, id: 1)
        withCookie(Array(1...24))(&message)
        let query = message.encoded()
        var room = [UInt8](repeating: 0, count: 4096)
        var before: Int64 = 0
        answerer.begin(at: .now)
        for number in 0...10_000 {
            if number == 10 { before = weft_allocations() }
            var span = room.mutableSpan
            _ = answerer.answer(query.span, from: .sample, into: &span)
        }
        let taken = weft_allocations() - before
        answerer.end()
        #expect(taken == 0)
        #expect(room[3] & 0xf == ResponseCode.badCookie.rawValue & 0xf)
    }
}
