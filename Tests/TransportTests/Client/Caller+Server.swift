import APIServerSupport
import Platform
import TestSupport

@testable import Transport

extension Caller {
    /// A client of a server that it trusts.
    convenience init(
        _ server: TestServer, _ authority: CertificateAuthority? = nil,
        _ change: (inout Endpoint) -> Void = { _ in }
    ) throws {
        var endpoint = Endpoint(try ServerAddress(server.url))
        endpoint.authorities = authority?.certificate
        change(&endpoint)
        try self.init(endpoint)
    }

    /// Waits until something is so, while the client goes on.
    func wait(reading: Bool = true, until isSo: () -> Bool) throws {
        let deadline = MonotonicTime.now + .patience
        while !isSo() {
            guard .now < deadline else { throw PlatformError(.timedOut, "wait in a test") }
            try turn(reading: reading, until: .now + .milliseconds(2))
        }
    }
}

extension TestServer {
    /// A server with TLS, and the authority that certifies it.
    static func secure(
        _ handler: any RequestHandler, _ change: (inout ServerSettings) -> Void = { _ in }
    ) throws -> (TestServer, CertificateAuthority) {
        let authority = try CertificateAuthority()
        var settings = ServerSettings(try authority.server())
        change(&settings)
        return (try TestServer(settings, handler: handler), authority)
    }
}
