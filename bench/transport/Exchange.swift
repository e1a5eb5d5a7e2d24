import APIServerSupport
import Platform
import Transport

/// A server and a client, each on a thread of its own.
struct Exchange: ~Copyable {
    let client: HTTPClient
    private let server: TestServer
    private var loop: EventLoop<Source>
    private var events: [Event<Source>] = []
    private var bytes: [UInt8] = []

    private enum Source: UInt64 {
        case client
    }

    init() throws {
        let authority = try CertificateAuthority()
        let server = try TestServer(
            ServerSettings(try authority.server()), handler: SizedHandler())
        var endpoint = Endpoint(try ServerAddress(server.url))
        endpoint.authorities = authority.certificate
        let client = try HTTPClient(endpoint)
        let loop = try EventLoop<Source>()
        try loop.add(client.descriptor, .read, as: .client)
        self.server = server
        self.client = client
        self.loop = loop
    }
}

extension Exchange {
    /// How long many small requests take, so many of them at a time.
    mutating func ask(_ count: Int, at width: Int) throws -> Duration {
        let begin = MonotonicTime.now
        var (started, done) = (0, 0)
        while done < count {
            while started < count, started - done < width {
                _ = try client.start(HTTPRequest(.get, "/100"))
                started += 1
            }
            done += try turn()
        }
        return .now - begin
    }

    /// How long an answer of so many MiB takes.
    mutating func receive(_ megabytes: Int) throws -> Duration {
        let begin = MonotonicTime.now
        _ = try client.start(HTTPRequest(.get, "/\(megabytes << 20)"))
        while try turn() == 0 {}
        return .now - begin
    }

    /// Waits for something to happen; how many requests have come to their end.
    private mutating func turn() throws -> Int {
        var done = 0
        try loop.wait(into: &events)
        try client.advance()
        while let event = client.next() {
            switch event {
            case .head: break
            case .body(let id):
                bytes.removeAll(keepingCapacity: true)
                try client.read(id, into: &bytes)
            case .ended: done += 1
            case .failed(_, let error): throw error
            }
        }
        return done
    }
}

/// Answers with as many bytes as the path says.
private struct SizedHandler: RequestHandler {
    func respond(to request: ServerRequest, with stream: ResponseStream) {
        let count = Int(request.path.dropFirst()) ?? 0
        stream.begin(200)
        let piece = [UInt8](repeating: 0x61, count: min(count, 1 << 20))
        for _ in 0..<(count / max(1, piece.count)) { stream.write(piece) }
        stream.end()
    }
}
