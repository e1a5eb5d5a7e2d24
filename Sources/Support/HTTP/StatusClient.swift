package import Platform

/// Asks what listens on this machine: programs of Weft, and others that answer with their state.
package enum StatusClient {
    /// The body of the answer; throws if there is none, or it says that something is wrong.
    package static func get(
        _ path: String, from socket: String, within patience: Duration = .seconds(5)
    ) throws(PlatformError) -> [UInt8] {
        try get(path, from: .unix(.path(socket)), within: patience)
    }

    package static func get(
        _ path: String, from address: SocketAddress, within patience: Duration = .seconds(5)
    ) throws(PlatformError) -> [UInt8] {
        let deadline = MonotonicTime.now + patience
        let stream = try StreamSocket(connectedTo: address, until: deadline)
        // In 1.0 an answer ends with its connection, and is never cut into chunks. The request is
        // shorter than what a socket takes at once.
        let request = Array("GET \(path) HTTP/1.0\r\nHost: localhost\r\n\r\n".utf8)
        _ = try stream.write(request.span)
        var answer: [UInt8] = []
        while let more = try read(stream, until: deadline, from: address), answer.count < limit {
            answer += more
        }
        guard let body = body(of: answer) else {
            throw PlatformError(.protocol, "ask", "\(address)")
        }
        return body
    }

    /// More than any answer is.
    private static var limit: Int { 16 << 20 }
    private static var chunk: Int { 64 << 10 }

    /// Nil at the end of the answer.
    private static func read(
        _ stream: borrowing StreamSocket, until deadline: MonotonicTime, from address: SocketAddress
    ) throws(PlatformError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            var count: Int?
            try bytes.append(addingCapacity: chunk) { output throws(PlatformError) in
                count = try stream.socket.receive(appendingTo: &output)
            }
            if let count { return count == 0 ? nil : bytes }
            guard try stream.socket.descriptor.wait(for: .read, until: deadline) else {
                throw PlatformError(.timedOut, "read the answer of", "\(address)")
            }
        }
    }

    /// What follows the head of an answer that went well.
    static func body(of answer: [UInt8]) -> [UInt8]? {
        let isSuccess = ["HTTP/1.0 200 ", "HTTP/1.1 200 "].contains { answer.starts(with: $0.utf8) }
        guard isSuccess else { return nil }
        let end = Array("\r\n\r\n".utf8)
        let start = answer.indices.first { answer[$0...].starts(with: end) }
        return start.map { Array(answer[($0 + end.count)...]) }
    }
}
