import APIServerSupport
import Testing

@testable import Transport

struct `Trust` {
    /// What is wrong with a server's certificate, and what a person reads about it.
    enum Defect: CaseIterable, CustomTestStringConvertible {
        case expired, early, unknownAuthority, otherName

        var words: String {
            switch self {
            case .expired: "has expired: renew it"
            case .early: "not valid yet: is the clock right?"
            case .unknownAuthority: "certificate-authority is not the one"
            case .otherName: "is for another name"
            }
        }

        var testDescription: String { "\(self)" }

        func identity(_ authority: CertificateAuthority) throws -> TestIdentity {
            switch self {
            case .expired: try authority.server(valid: .past)
            case .early: try authority.server(valid: .future)
            case .unknownAuthority: try CertificateAuthority("another").server()
            case .otherName: try authority.server(names: "IP:192.0.2.1,DNS:elsewhere")
            }
        }
    }

    @Test(arguments: Defect.allCases)
    func `is refused to a server, and the error says why and where`(defect: Defect) throws {
        let authority = try CertificateAuthority()
        let settings = ServerSettings(try defect.identity(authority))
        let server = try TestServer(settings, handler: EchoHandler())
        let error = try #require(try Caller(server, authority).get("/").error)
        #expect(error.code == .notTrusted)
        #expect("\(error)".hasPrefix("connect to 127.0.0.1:\(server.port): "))
        #expect("\(error)".contains(defect.words), "\(error)")
        let careless = try Caller(server, authority) { $0.skipsVerification = true }
        #expect(try careless.get("/").error == nil)
    }

    @Test func `is in the authorities that are given, not in those of the system`() throws {
        let (server, _) = try TestServer.secure(EchoHandler())
        let error = try #require(try Caller(server).get("/").error)
        #expect(error.code == .notTrusted)
        #expect("\(error)".contains("certificate-authority"), "\(error)")
    }

    @Test func `can ask for another name than the address`() throws {
        let authority = try CertificateAuthority()
        let settings = ServerSettings(try authority.server(names: "DNS:kubernetes.default"))
        let server = try TestServer(settings, handler: EchoHandler())
        let caller = try Caller(server, authority) { $0.serverName = "kubernetes.default" }
        let answer = try caller.get("/x")
        #expect(answer.error == nil)
        #expect(answer.head?.version == .http2)
    }

    @Test func `needs authorities that are certificates`() throws {
        let (server, _) = try TestServer.secure(EchoHandler())
        let caller = try Caller(server) { $0.authorities = Array("none".utf8) }
        let error = try #require(try caller.get("/").error)
        #expect(error.code == .notTrusted)
        #expect("\(error)".contains("PEM"), "\(error)")
    }

    @Test func `goes both ways where the server wants a certificate`() throws {
        let clients = try CertificateAuthority("clients")
        let (server, authority) = try TestServer.secure(EchoHandler()) {
            $0.clientAuthority = clients.certificate
        }
        let known = try Caller(server, authority) { $0.identity = try? clients.client("weft").own }
        #expect(try known.get("/").error == nil)

        let anonymous = try #require(try Caller(server, authority).get("/").error)
        #expect(anonymous.code == .notTrusted, "\(anonymous)")

        let stranger = try Caller(server, authority) {
            $0.identity = try? authority.client("weft").own
        }
        let error = try #require(try stranger.get("/").error)
        #expect(error.code == .notTrusted, "\(error)")
    }

    @Test func `needs a key that fits its certificate`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler())
        let (one, other) = (try authority.client("one"), try authority.client("other"))
        let caller = try Caller(server, authority) {
            $0.identity = ClientIdentity(certificates: one.certificate, key: other.key)
        }
        let error = try #require(try caller.get("/").error)
        #expect(error.code == .notTrusted)
        #expect("\(error)".contains("client-key"), "\(error)")
    }

    @Test func `follows new settings on new connections`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler())
        let caller = try Caller(server, authority)
        #expect(try caller.get("/").error == nil)

        let other = try CertificateAuthority("another")
        let identity = try other.server()
        server.change { $0.identity = identity }
        var endpoint = caller.client.endpoint
        endpoint.authorities = other.certificate
        try caller.client.reconfigure(endpoint)

        #expect(try caller.get("/").error == nil)
        #expect(server.counts.connections == 2)
        try caller.wait { server.counts.openConnections == 1 }
    }
}

extension TestIdentity {
    var own: ClientIdentity { ClientIdentity(certificates: certificate, key: key) }
}
