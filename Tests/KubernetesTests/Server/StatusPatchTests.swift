import APIServerSupport
import JSON
import Kubernetes
import Platform
import Synchronization
import TestSupport
import Testing

@Suite("A change of an object's status")
struct StatusPatchTests {
    /// Keeps what is asked, and answers the same to everything.
    private final class Recorder: RequestHandler {
        let requests = Mutex<[ServerRequest]>([])
        private let status: Int
        private let body: String

        init(_ status: Int, _ body: String) { (self.status, self.body) = (status, body) }

        func respond(to request: ServerRequest, with stream: ResponseStream) {
            requests.withLock { $0.append(request) }
            stream.respond(Array(body.utf8), status: status, type: "application/json")
        }
    }

    private func send(_ recorder: Recorder) throws -> String? {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority()
            let server = try TestServer(
                ServerSettings(try authority.server()), handler: recorder)
            defer { withExtendedLifetime(server) {} }
            let certificate = authority.certificate
            try File.replace("\(directory)/ca.pem", with: certificate.span)
            let config = """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "\(server.url)", certificate-authority: ca.pem}}]
                users: [{name: u, user: {token: secret}}]
                """
            try File.replace("\(directory)/config", with: config.utf8.span)
            let settings = CredentialsSettings(kubeconfig: "\(directory)/config", environment: [:])
            return try StatusPatch.node("n1", .object(["status": .object([:])]))
                .send(with: settings)
        }
    }

    @Test func `it is sent to the object's status, as a merge by names`() throws {
        let recorder = Recorder(200, "{}")
        #expect(try send(recorder) == nil)
        let requests = recorder.requests.withLock(\.self)
        let request = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(request.method == "PATCH")
        #expect(request.path == "/api/v1/nodes/n1/status")
        #expect(request.token == "secret")
        #expect(request.fields["content-type"] == "application/strategic-merge-patch+json")
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"status":{}}"#)
    }

    @Test func `a refusal is told in the server's words`() throws {
        let refusal = try send(Recorder(403, #"{"message":"you must not"}"#))
        #expect(refusal == "403 you must not")
    }
}
