import APIServerSupport
import Platform
import Synchronization

/// Answers with the path, unless the path asks for something else.
struct EchoHandler: RequestHandler {
    func respond(to request: ServerRequest, with stream: ResponseStream) {
        let body = String(decoding: request.body, as: UTF8.self)
        let fields = request.fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let lines = [request.method, request.path, body] + fields
        stream.respond(lines.joined(separator: "\n"), type: "text/plain")
    }
}

/// Keeps all answers open, for the test to write them.
final class OpenHandler: RequestHandler {
    private let all = Mutex<[(ServerRequest, ResponseStream)]>([])

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        all.withLock { $0.append((request, stream)) }
    }

    var streams: [ResponseStream] { all.withLock { $0.map(\.1) } }
    var requests: [ServerRequest] { all.withLock { $0.map(\.0) } }
}

/// Answers always the same.
struct FixedHandler: RequestHandler {
    var status = 200
    var fields: [(String, String)] = []
    var body: [UInt8] = []

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        stream.respond(body, status: status, fields: fields)
    }
}
