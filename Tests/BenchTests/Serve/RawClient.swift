import JSON
import Platform
import TestSupport

@testable import Bench

/// One connection, on which requests are asked one after the other.
struct RawClient: ~Copyable {
    private let stream: StreamSocket
    private let deadline = MonotonicTime.now + .patience
    private var bytes: [UInt8] = []

    init(_ server: APIServer) throws {
        stream = try StreamSocket(connectedTo: .ip(server.address), until: deadline)
    }
}

extension RawClient {
    func ask(_ target: String, _ method: String = "GET", body: String = "", _ field: String = "")
        throws
    {
        let fields = "Host: x\r\nContent-Length: \(body.utf8.count)\r\n\(field)"
        let request = Array("\(method) \(target) HTTP/1.1\r\n\(fields)\r\n\(body)".utf8)
        try stream.write(all: request.span, until: deadline)
    }

    /// The body of the next answer, put together from its chunks where it came in some.
    mutating func answer() throws -> String {
        let head = try take(through: "\r\n\r\n").lowercased()
        if let length = head.split(separator: "\r\n").first(where: {
            $0.hasPrefix("content-length")
        }) {
            return try take(Int(length.split(separator: " ")[1]) ?? 0)
        }
        var body = ""
        while true {
            let size = Int(try take(through: "\r\n").prefix(while: \.isHexDigit), radix: 16) ?? 0
            body += try take(size)
            _ = try take(2)
            if size == 0 { return body }
        }
    }

    func document(_ text: String) throws -> JSONObject {
        guard let object = try JSONValue(document: text.utf8.span).object else {
            throw LabError("no object: \(text)")
        }
        return object
    }

    private mutating func take(through mark: String) throws -> String {
        let mark = Array(mark.utf8)
        while true {
            if let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) {
                return try take(start + mark.count)
            }
            try receive()
        }
    }

    private mutating func take(_ count: Int) throws -> String {
        while bytes.count < count { try receive() }
        defer { bytes.removeFirst(count) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private mutating func receive() throws {
        guard try stream.socket.descriptor.wait(for: .read, until: deadline) else {
            throw LabError("no answer")
        }
        var room = [UInt8](repeating: 0, count: 64 << 10)
        var span = room.mutableSpan
        guard let count = try stream.read(into: &span), count > 0 else {
            throw LabError("the server has closed the connection")
        }
        bytes += room[..<count]
    }
}
