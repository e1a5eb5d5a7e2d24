/// HTTP/1.1 of a server: one request after the other, answers in chunks.
final class HTTP1Session: ServerSession {
    private let connection: UInt64
    private var input: [UInt8] = []
    private var output = ByteQueue()
    private var requests: [(stream: Int32, request: ServerRequest)] = []
    private var last: Int32 = 0
    private(set) var isOver = false
    /// Whether the connection ends with the next answer.
    private var closesNext = false

    init(_ connection: UInt64) { self.connection = connection }

    func receive(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices { input.append(bytes[index]) }
        while let end = headEnd {
            let head = String(decoding: input[..<end], as: UTF8.self)
            guard var request = Self.parse(head, connection) else { return false }
            let length = request.fields["content-length"].flatMap { Int($0) } ?? 0
            guard input.count >= end + length else { return true }
            request.body = Array(input[end..<(end + length)])
            input.removeFirst(end + length)
            last += 1
            requests.append((last, request))
        }
        return input.count < 1 << 20
    }

    /// Where the first request's body begins.
    private var headEnd: Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard input.count >= mark.count else { return nil }
        return (0...(input.count - mark.count))
            .first { input[$0..<($0 + mark.count)].elementsEqual(mark) }
            .map { $0 + mark.count }
    }

    private static func parse(_ head: String, _ connection: UInt64) -> ServerRequest? {
        let lines = head.split(separator: "\r\n")
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count == 3 else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        return ServerRequest(
            method: String(first[0]), path: String(first[1]), fields: fields, body: [],
            version: String(first[2]), connection: connection)
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
