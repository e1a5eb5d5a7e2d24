/// What a client asked.
package struct ServerRequest: Hashable, Sendable {
    package var method: String
    /// The path and the query.
    package var path: String
    /// Names in lower case.
    package var fields: [String: String]
    package var body: [UInt8]
    package var version: String
    /// Numbers the server's connections, from 1.
    package var connection: UInt64

    /// The bearer token.
    package var token: String? {
        fields["authorization"].flatMap {
            $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil
        }
    }
}

/// The beginning of an answer.
package struct ResponseHead: Sendable {
    package var status: Int
    package var fields: [(String, String)]

    package init(_ status: Int, _ fields: [(String, String)] = []) {
        self.status = status
        self.fields = fields
    }
}

/// What a server does with one answer.
enum StreamAction: Sendable {
    case head(ResponseHead)
    case body([UInt8])
    case end
    /// Ends this answer alone, in disorder.
    case reset
    /// Announces that the connection takes no more requests.
    case goAway
    case fault(WireFault, afterBytes: Int)
}

/// Turns the bytes of a connection into requests and answers into bytes; knows no socket.
protocol ServerSession: AnyObject {
    /// False means that what comes is not HTTP.
    func receive(_ bytes: Span<UInt8>) -> Bool
    func takeRequests() -> [(stream: Int32, request: ServerRequest)]
    /// Answers that nobody waits for any more.
    func takeClosed() -> [Int32]
    func perform(_ action: StreamAction, on stream: Int32)
    /// Bytes of an answer that wait for room.
    func backlog(of stream: Int32) -> Int
    /// The next bytes to be sent; empty when there are none.
    func takeOutput() -> [UInt8]
    /// Whether the connection ends once all output is sent.
    var isOver: Bool { get }
}
