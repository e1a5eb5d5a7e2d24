import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

private func octets(_ digits: String) -> [UInt8] {
    let digits = Array(digits.filter { $0 != " " })
    return stride(from: 0, to: digits.count, by: 2).map { index in
        UInt8(String(digits[index...index + 1]), radix: 16) ?? 0
    }
}

private func word(_ octets: some Sequence<UInt8>) -> UInt64 {
    octets.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

extension CookieSecret {
    fileprivate init(_ digits: String) {
        let octets = octets(digits)
        self.init(low: word(octets[..<8]), high: word(octets[8...]))
    }

    fileprivate func cookie(_ client: [UInt8], _ address: IPAddress, at now: UInt32) -> [UInt8] {
        cookie(client: client.span, address: address, at: now).octets.octets
    }

    fileprivate func accepts(_ sent: [UInt8], _ address: IPAddress, at now: UInt32) -> Bool {
        accepts(sent.span, address: address, at: now)
    }
}

extension DailyCookies {
    fileprivate func cookie(_ client: [UInt8], _ address: IPAddress, at now: UInt32) -> [UInt8] {
        cookie(client: client.span, address: address, at: now).octets.octets
    }

    fileprivate func accepts(_ sent: [UInt8], _ address: IPAddress, at now: UInt32) -> Bool {
        accepts(sent.span, address: address, at: now)
    }
}

@Suite struct CookieTests {
    struct Vector: Sendable {
        let secret: String
        let client: String
        let address: String
        let time: UInt32
        let cookie: String
    }

    /// RFC 9018 appendix A.
    static let vectors = [
        Vector(
            secret: "e5e973e5a6b2a43f48e7dc849e37bfcf", client: "2464c4abcf10c957",
            address: "198.51.100.100", time: 1_559_731_985,
            cookie: "2464c4abcf10c957 01000000 5cf79f11 1f8130c3eee29480"),
        Vector(
            secret: "e5e973e5a6b2a43f48e7dc849e37bfcf", client: "fc93fc62807ddb86",
            address: "203.0.113.203", time: 1_559_734_700,
            cookie: "fc93fc62807ddb86 01000000 5cf7a9ac f73a7810aca2381e"),
        Vector(
            secret: "445536bcd2513298075a5d379663c962", client: "22681ab97d52c298",
            address: "2001:db8:220:1:59de:d0f4:8769:82b8", time: 1_559_741_961,
            cookie: "22681ab97d52c298 01000000 5cf7c609 a6bb79d16625507a"),
    ]

    @Test(arguments: vectors.indices)
    func `D65 RFC 9018 a cookie is what the RFC computes`(number: Int) throws {
        let vector = Self.vectors[number]
        let address = try #require(IPAddress(vector.address))
        let secret = CookieSecret(vector.secret)
        let client = octets(vector.client)
        let cookie = secret.cookie(client, address, at: vector.time)
        let expected = octets(vector.cookie)
        #expect(cookie == expected)
        #expect(secret.accepts(expected, address, at: vector.time))
    }

    /// The cookie of the RFC whose reserved octets are not zero.
    @Test func `RFC 9018 reserved octets are taken as they come`() throws {
        let address = try #require(IPAddress("203.0.113.203"))
        let cookie = octets("fc93fc62807ddb86 01abcdef 5cf78f71 a314227b6679ebf5")
        let secret = CookieSecret("e5e973e5a6b2a43f48e7dc849e37bfcf")
        #expect(secret.accepts(cookie, address, at: 1_559_728_003))
    }

    @Test func `RFC 9018 a cookie is good for an hour, and for its client alone`() throws {
        let vector = Self.vectors[0]
        let secret = CookieSecret(vector.secret)
        let address = try #require(IPAddress(vector.address))
        let cookie = octets(vector.cookie)
        let other = try #require(IPAddress("198.51.100.101"))
        for (age, isGood) in [(0, true), (3600, true), (3601, false), (-300, true), (-301, false)] {
            let now = UInt32(Int(vector.time) + age)
            #expect(secret.accepts(cookie, address, at: now) == isGood, "\(age)")
        }
        #expect(!secret.accepts(cookie, other, at: vector.time))
        let another = CookieSecret(low: 1, high: 2)
        #expect(!another.accepts(cookie, address, at: vector.time))
        for index in cookie.indices {
            var bent = cookie
            bent[index] ^= 1
            #expect(!secret.accepts(bent, address, at: vector.time), "\(index)")
        }
        let short = Array(cookie.dropLast())
        #expect(!secret.accepts(short, address, at: vector.time))
    }

    /// The vectors of the authors: input 00, 01, 02 and so on under the key 00 to 0f.
    @Test(arguments: [
        (0, "310e0edd47db6f72"), (1, "fd67dc93c539f874"), (8, "6224939a79f5f593"),
        (15, "e545be4961ca29a1"), (63, "724506eb4c328a95"),
    ])
    func `SipHash is what its authors computed`(length: Int, expected: String) {
        var hash = SipHash(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
        for octet in 0..<length { hash.add(UInt8(octet)) }
        #expect(hash.finished() == word(octets(expected)))
    }

    @Test(arguments: [8, 16, 24, 40])
    func `RFC 7873 every client with a cookie gets one of ours`(length: Int) throws {
        let cluster = try served()
        let sent = (1...UInt8(length)).map { $0 }
        let answer = try cluster.ask("web.default.svc.cluster.local") {
            $0.edns = EDNS(payloadSize: 1232)
            $0.edns?.options = [EDNS.Option(.cookie, sent)]
        }
        let cookie = try #require(answer.message.edns?.options.first { $0.code == .cookie }?.data)
        #expect(cookie.count == 24 && Array(cookie.prefix(8)) == Array(sent.prefix(8)))
        let now = cookie.number32(at: 12)
        let client = Client.sample.address
        #expect(DailyCookies(.test).accepts(cookie, client, at: now))
        #expect(!CookieSecret.test.accepts(cookie, client, at: now))
    }

    @Test func `X23 RFC 9018 each day has a secret of its own, and the last one's is still good`() {
        let cookies = DailyCookies(.test)
        let client = Client.sample.address
        let midnight: UInt32 = 20_000 * 86_400
        let cookie = cookies.cookie(Array(1...8), client, at: midnight - 1)
        for (later, isGood) in [(0, true), (1, true), (3600, true), (3601, false)] {
            let now = midnight - 1 + UInt32(later)
            #expect(cookies.accepts(cookie, client, at: now) == isGood, "\(later)")
        }
        // With a server whose day has begun already.
        let next = cookies.cookie(Array(1...8), client, at: midnight + 10)
        #expect(cookies.accepts(next, client, at: midnight - 1))
        let secrets = (0..<100).map { cookies.secret(at: midnight + $0 * 86_400) }
        #expect(Set(secrets).count == 100)
        #expect(cookies.secret(at: midnight) == cookies.secret(at: midnight + 86_399))
        #expect(!secrets[0].accepts(cookie, client, at: midnight))
    }

    struct Request: Sendable {
        let what: String
        var cookie: [UInt8]?
        var version: UInt8 = 0
        let code: ResponseCode
    }

    static var good: [UInt8] {
        let now = UInt32(truncatingIfNeeded: WallTime.now.nanoseconds / 1_000_000_000)
        return DailyCookies(.test).cookie(Array(1...8), Client.sample.address, at: now)
    }

    @Test(arguments: [
        Request(what: "none", code: .formatError),
        Request(what: "a client's", cookie: Array(1...8), code: .noError),
        Request(what: "ours", cookie: good, code: .noError),
        Request(what: "a bent one", cookie: good.dropLast() + [good[23] ^ 1], code: .badCookie),
        Request(what: "another's", cookie: Array(1...16), code: .badCookie),
        Request(what: "of EDNS 1", cookie: Array(1...8), version: 1, code: .badVersion),
    ])
    func `X23 RFC 7873 RFC 9619 a message without a question gets a cookie`(
        request: Request
    ) throws {
        var message = Message()
        message.id = 77
        message.edns = EDNS(payloadSize: 1232)
        message.edns?.version = request.version
        message.edns?.options = request.cookie.map { [EDNS.Option(.cookie, $0)] } ?? []
        let reply = try #require(try served().ask(message.encoded()), "\(request.what)").message
        #expect(reply.responseCode == request.code, "\(request.what)")
        #expect(reply.questions.isEmpty && reply.answers.isEmpty)
        guard request.code != .formatError else { return }
        let cookie = try #require(reply.edns?.options.first { $0.code == .cookie }?.data)
        let now = cookie.number32(at: 12)
        #expect(DailyCookies(.test).accepts(cookie, Client.sample.address, at: now))
    }

    @Test func `RFC 7873 a reply from elsewhere has a cookie, too`() throws {
        let cluster = try SmallCluster()
        var parts = ServedBlock.Parts()
        parts.upstream = UpstreamPath([.init([.root], pool: 0)])
        var server = try AskedServer(parts, readers: cluster.epochs)
        let said = try server.ask("www.example.com") {
            $0.edns = EDNS(payloadSize: 1232)
            $0.edns?.options = [EDNS.Option(.cookie, Array(1...8))]
        }
        let asked = try #require(said.pending.flatMap(AskedMessage.init))
        let reply = try Message(decoding: asked.reply(.serverFailure, .other))
        #expect(reply.edns?.options.first { $0.code == .cookie }?.data.count == 24)
        let plain = try server.ask("www.example.com") { $0.edns = EDNS(payloadSize: 1232) }
        let without = try #require(plain.pending.flatMap(AskedMessage.init))
        let bare = try Message(decoding: without.reply(.serverFailure, nil))
        #expect(bare.edns?.options == [])
    }
}
