import Support

/// HTTP/1.1 of a server: one request after the other, answers in chunks.
final class HTTP1Session: ServerSession {
    private let connection: UInt64
    private var input = RequestReader()
    private var output = ByteQueue()
    private var requests: [(stream: Int32, request: ServerRequest)] = []
    private var last: Int32 = 0
    private(set) var isOver = false
    /// Whether the connection ends with the next answer.
    private var closesNext = false

    init(_ connection: UInt64) { self.connection = connection }

    func receive(_ bytes: Span<UInt8>) -> Bool {
        input.append(bytes)
        do throws(MalformedRequest) {
            while let request = try input.next() {
                last += 1
                requests.append((last, ServerRequest(request, connection)))
            }
            return true
        } catch {
            return false
        }
    }

    func takeRequests() -> [(stream: Int32, request: ServerRequest)] {
        defer { requests = [] }
        return requests
    }

    /// Without frames a client can only give up by closing.
    func takeClosed() -> [Int32] { [] }

    func perform(_ action: StreamAction, on stream: Int32) {
        switch action {
        case .head(let head):
            write("HTTP/1.1 \(head.status) Status\r\ntransfer-encoding: chunked\r\n")
            for (name, value) in head.fields { write("\(name): \(value)\r\n") }
            write(closesNext ? "connection: close\r\n\r\n" : "\r\n")
        case .body(let bytes):
            if bytes.isEmpty { return }
            write("\(String(bytes.count, radix: 16))\r\n")
            output.append(bytes)
            write("\r\n")
        case .end:
            write("0\r\n\r\n")
            isOver = closesNext
        case .reset: isOver = true
        case .goAway: closesNext = true
        case .fault: break
        }
    }

    private func write(_ text: String) { output.append(Array(text.utf8)) }

    func backlog(of stream: Int32) -> Int { output.count }

    func takeOutput() -> [UInt8] {
        let piece = Array(output.first(64 << 10))
        output.drop(piece.count)
        return piece
    }
}

extension ServerRequest {
    fileprivate init(_ request: WholeRequest, _ connection: UInt64) {
        self.init(
            method: request.method, path: request.target, fields: request.fields,
            body: request.body, version: request.version, connection: connection)
    }
}
