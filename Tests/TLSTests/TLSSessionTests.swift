import APIServerSupport
import TLS
import Testing

@Suite struct TLSSessionTests {
    private let authority: CertificateAuthority

    init() throws { authority = try CertificateAuthority() }

    private func server(
        names: String = "DNS:dns.example,IP:127.0.0.1", valid: Validity = .now
    ) throws -> TLSContext {
        try .server(identity(try authority.server(names: names, valid: valid)))
    }

    private func identity(_ made: TestIdentity) -> TLSIdentity {
        TLSIdentity(certificates: made.certificate, key: made.key)
    }

    private func client(_ identity: TestIdentity? = nil) throws -> TLSContext {
        try .client(authorities: authority.certificate, identity: identity.map(self.identity))
    }

    @Test(arguments: [1, 7, 100, 1 << 20])
    func `what one end says the other hears, in pieces of any size`(size: Int) throws {
        let ends = try Ends(client(), server(), size: size)
        let long = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
        // What is said before the handshake is kept until after it.
        try ends.client.send([1, 2, 3])
        try ends.exchange()
        #expect(ends.clientIsEstablished && ends.serverIsEstablished)
        #expect(ends.heardByServer == [1, 2, 3])
        try ends.server.send(long)
        try ends.client.send([4])
        try ends.exchange()
        #expect(ends.heardByClient == long && ends.heardByServer == [1, 2, 3, 4])
    }

    @Test func `an end that sends no more says so`() throws {
        let ends = try Ends(client(), server())
        try ends.exchange()
        ends.server.end()
        try ends.exchange()
        #expect(ends.clientHeardTheEnd)
    }

    @Test(arguments: ["dns.example", "127.0.0.1", "DNS.Example"])
    func `a certificate may be for a name or an address`(name: String) throws {
        let ends = try Ends(client(), server(), name: name)
        try ends.exchange()
        #expect(ends.clientIsEstablished)
    }

    @Test(arguments: ["other.example", "127.0.0.2", "sub.dns.example"])
    func `a certificate for another name is not trusted`(name: String) throws {
        let ends = try Ends(client(), server(), name: name)
        let error = #expect(throws: TLS.TLSError.self) { try ends.exchange() }
        #expect(error?.code == .handshake && error?.operation == "trust the certificate")
        #expect(!ends.clientIsEstablished)
    }

    @Test(arguments: [Validity.past, .future])
    func `a certificate of another time is not trusted`(valid: Validity) throws {
        let ends = try Ends(client(), server(valid: valid))
        #expect(throws: TLS.TLSError.self) { try ends.exchange() }
    }

    @Test func `a certificate of another authority is not trusted`() throws {
        let other = try CertificateAuthority("another authority")
        let ends = try Ends(.client(authorities: other.certificate), server())
        #expect(throws: TLS.TLSError.self) { try ends.exchange() }
        let system = try Ends(.client(), server())
        #expect(throws: TLS.TLSError.self) { try system.exchange() }
    }

    @Test func `a server that wants certificates turns away clients without`() throws {
        let wanting = try TLSContext.server(
            identity(try authority.server(names: "DNS:dns.example")),
            clientAuthorities: authority.certificate)
        let without = try Ends(client(), wanting)
        #expect(throws: TLS.TLSError.self) { try without.exchange() }
        let with = try Ends(client(try authority.client("someone")), wanting)
        try with.exchange()
        #expect(with.serverIsEstablished)
    }

    @Test func `what is no TLS is an error`() throws {
        var plain: [UInt8] = []
        var session = try TLSSession(serverIn: server())
        let query = [UInt8]("GET / HTTP/1.1\r\n\r\n".utf8)
        #expect(throws: TLS.TLSError.self) { try session.receive(query.span, into: &plain) }
        #expect(plain.isEmpty)
    }

    @Test func `files that are not what they should be are refused`() throws {
        let (one, other) = (try authority.server(), try authority.server())
        func code(_ certificates: [UInt8], _ key: [UInt8]) -> TLS.TLSError.Code? {
            do throws(TLS.TLSError) {
                _ = try TLSContext.server(.init(certificates: certificates, key: key))
                return nil
            } catch { return error.code }
        }
        #expect(code(one.certificate, one.key) == nil)
        #expect(code(one.certificate + authority.certificate, one.key) == nil)
        #expect(code(one.certificate, other.key) == .identity)
        #expect(code([], one.key) == .identity)
        #expect(code(one.certificate, []) == .identity)
        #expect(code(Array(one.certificate.dropLast(300)), one.key) == .identity)
        #expect(throws: TLS.TLSError.self) { try TLSContext.client(authorities: []) }
    }
}

/// A client and a server with nothing but an array between them.
private final class Ends {
    var client: TLSSession
    var server: TLSSession
    private(set) var heardByClient: [UInt8] = []
    private(set) var heardByServer: [UInt8] = []
    private(set) var clientHeardTheEnd = false
    private let size: Int

    var clientIsEstablished: Bool { client.isEstablished }
    var serverIsEstablished: Bool { server.isEstablished }

    init(
        _ client: TLSContext, _ server: TLSContext, name: String = "dns.example", size: Int = 4096
    ) throws {
        self.client = try TLSSession(clientIn: client, server: name)
        self.server = try TLSSession(serverIn: server)
        self.size = size
    }

    /// Lets both speak until neither has anything to say.
    func exchange() throws {
        while true {
            var (toServer, toClient): ([UInt8], [UInt8]) = ([], [])
            client.takeOutput(into: &toServer)
            server.takeOutput(into: &toClient)
            if toServer.isEmpty, toClient.isEmpty { return }
            for piece in toServer.pieces(of: size) {
                _ = try server.receive(piece.span, into: &heardByServer)
            }
            for piece in toClient.pieces(of: size)
            where try client.receive(piece.span, into: &heardByClient) == .ended {
                clientHeardTheEnd = true
            }
        }
    }
}

extension [UInt8] {
    fileprivate func pieces(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
