package import Platform

/// Asks what listens on a Unix socket of this machine.
package enum StatusClient {
    /// The body of the answer; throws if there is none, or it says that something is wrong.
    package static func get(
        _ path: String, from socket: String, within patience: Duration = .seconds(5)
    ) throws(PlatformError) -> [UInt8] {
        let deadline = MonotonicTime.now + patience
        let stream = try StreamSocket(connectedTo: .unix(.path(socket)), until: deadline)
        // It is shorter than what a socket takes at once.
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        _ = try stream.write(request.span)
        var answer: [UInt8] = []
        while let more = try read(stream, until: deadline, from: socket), answer.count < limit {
            answer += more
        }
        guard let body = body(of: answer) else { throw PlatformError(.protocol, "ask", socket) }
        return body
    }

    /// More than any answer is.
    private static var limit: Int { 16 << 20 }
    private static var chunk: Int { 64 << 10 }

    /// Nil at the end of the answer.
    private static func read(
        _ stream: borrowing StreamSocket, until deadline: MonotonicTime, from socket: String
    ) throws(PlatformError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            var count: Int?
            try bytes.append(addingCapacity: chunk) { output throws(PlatformError) in
                count = try stream.socket.receive(appendingTo: &output)
            }
            if let count { return count == 0 ? nil : bytes }
            guard try stream.socket.descriptor.wait(for: .read, until: deadline) else {
                throw PlatformError(.timedOut, "read the answer of", socket)
            }
        }
    }

    /// What follows the head of an answer that went well.
    static func body(of answer: [UInt8]) -> [UInt8]? {
        guard answer.starts(with: "HTTP/1.1 200 ".utf8) else { return nil }
        let end = Array("\r\n\r\n".utf8)
        let start = answer.indices.first { answer[$0...].starts(with: end) }
        return start.map { Array(answer[($0 + end.count)...]) }
    }
}
