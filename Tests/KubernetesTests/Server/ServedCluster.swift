import APIServerSupport
import FuzzSupport
import Network
import Platform
import TestSupport

@testable import Kubernetes

/// A source, the server it watches over HTTPS, and everything that can go wrong between them.
final class ServedCluster {
    let api = ModelAPI()
    let server: TestServer
    let source: ServerSource
    private let authority: CertificateAuthority
    private let directory: String
    private var tokens = 0

    /// `rate`: how much faster the source's time passes, and with it all waiting.
    init(
        in directory: String, rate: Int, kinds: [Kind] = [.service],
        _ handler: (any RequestHandler)? = nil
    ) throws {
        self.directory = directory
        authority = try CertificateAuthority()
        server = try TestServer(
            ServerSettings(try authority.server()), handler: handler ?? api)
        try Self.write(authority.certificate, to: "\(directory)/ca.pem")
        try Self.write(Array("token-0".utf8), to: "\(directory)/token")
        try Self.write(Self.kubeconfig(server.url), to: "\(directory)/config")
        let settings = CredentialsSettings(
            kubeconfig: "\(directory)/config", environment: [:])
        let wanted = kinds.map { ($0, Self.options) }
        source = try ServerSource(
            settings, Dictionary(uniqueKeysWithValues: wanted), LoopClock(rate: rate)
        ) { _ in }
        server.change { $0.token = "token-0" }
    }

    deinit { source.stop() }

    /// Small pages, so that lists have several.
    private static var options: ListWatchOptions {
        var options = ListWatchOptions()
        options.pageSize = 3
        return options
    }
}

extension ServedCluster {
    /// Demands another token from now on, which the source finds in its file.
    func rotateToken() throws {
        tokens += 1
        try Self.write(Array("token-\(tokens)".utf8), to: "\(directory)/token")
        server.change { $0.token = "token-\(tokens)" }
    }

    /// Has the server show a certificate of the same authority that has expired, or a good one.
    func renewCertificate(_ validity: Validity) throws {
        let identity = try authority.server(valid: validity)
        server.change { $0.identity = identity }
        server.closeConnections()
    }

    /// Whether the store holds what the server has, at last.
    func becomesRight(within patience: Duration = .seconds(20)) -> Bool {
        let end = MonotonicTime.now + patience
        while MonotonicTime.now < end {
            if isRight { return true }
            api.bookmark()
            sleep(for: .milliseconds(5))
        }
        return isRight
    }

    private var isRight: Bool {
        let held = source.store.snapshot.services.map { ($0.key.name, $0.value.value) }
        return source.store.snapshot[state: .service].isSynced
            && Dictionary(uniqueKeysWithValues: held) == api.objects
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        try File.replace(path, with: bytes.span, durably: false)
    }

    private static func kubeconfig(_ url: String) -> [UInt8] {
        Array(
            """
            apiVersion: v1
            kind: Config
            current-context: test
            contexts: [{name: test, context: {cluster: test, user: test}}]
            clusters: [{name: test, cluster: {server: "\(url)", certificate-authority: ca.pem}}]
            users: [{name: test, user: {tokenFile: token}}]
            """.utf8)
    }
}
