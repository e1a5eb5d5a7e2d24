import APIServerSupport
import TLS
import Testing

@testable import DNS

@Suite struct ForwardTLSTests {
    private let authority: CertificateAuthority

    init() throws { authority = try CertificateAuthority() }

    private func upstream(_ names: String) throws -> FakeUpstream {
        let made = try authority.server(names: names)
        return try FakeUpstream(
            tls: .server(.init(certificates: made.certificate, key: made.key))
        ) { _ in [.reply] }
    }

    private func forwarder(
        _ upstream: FakeUpstream, name: String, trusting authority: CertificateAuthority
    ) throws -> Forwarder {
        var settings = ForwardSettings([.init(upstream.address, .tls(name: name))])
        settings.tlsAuthorities = authority.certificate
        // Other tests may take the processor for long.
        settings.expire = .seconds(600)
        return try Forwarder([settings])
    }

    @Test(arguments: ["dns.example", ""])
    func `D74 questions go by TLS to a server with the right certificate`(name: String) async throws
    {
        let upstream = try upstream("DNS:dns.example,IP:127.0.0.1")
        let forwarder = try forwarder(upstream, name: name, trusting: authority)
        for number in 0..<20 {
            #expect(await forwarder.ask("n\(number).example").message != nil)
        }
        #expect(upstream.asked.allSatisfy { $0.isStream })
        #expect(forwarder.statistics.upstreams[0].connectionsOpened == 1)
    }

    @Test func `a server with a certificate for another name hears no question`() async throws {
        let upstream = try upstream("DNS:other.example")
        let forwarder = try forwarder(upstream, name: "dns.example", trusting: authority)
        #expect(await forwarder.ask("www.example.com").message == nil)
        #expect(upstream.asked.isEmpty)
    }

    @Test func `a server of another authority hears no question`() async throws {
        let upstream = try upstream("DNS:dns.example")
        let other = try CertificateAuthority("another")
        let forwarder = try forwarder(upstream, name: "dns.example", trusting: other)
        #expect(await forwarder.ask("www.example.com").message == nil)
        #expect(upstream.asked.isEmpty)
    }

    @Test func `authorities that are none are refused at the start`() throws {
        var settings = ForwardSettings([.init(Simulation.peer(0), .tls(name: "dns.example"))])
        settings.tlsAuthorities = [1, 2, 3]
        #expect(throws: DNSError.self) { try Forwarder([settings]) }
    }
}
