import Network
import Platform
import Testing

@testable import Support

@Suite("A status server")
struct StatusServerTests {
    private let server: StatusServer

    init() throws {
        server = try StatusServer(
            AddressAndPort(validating: "127.0.0.1:0"), patience: .milliseconds(300)
        ) { head in head.path == "/large" ? Response(large) : Response("asked for \(head.path)\n") }
    }

    /// Sends pieces one after the other, and reads to the end.
    private func exchange(_ pieces: [String]) throws -> String {
        let deadline = MonotonicTime.now + .seconds(20)
        let socket = try StreamSocket(connectedTo: .ip(server.address), until: deadline)
        for piece in pieces {
            try socket.write(all: piece.utf8.span, until: deadline)
            if pieces.count > 1 { sleep(for: .milliseconds(5)) }
        }
        var bytes: [UInt8] = []
        while true {
            guard try socket.socket.descriptor.wait(for: .read, until: deadline) else {
                throw PlatformError(.timedOut, "read")
            }
            var count: Int?
            try bytes.append(addingCapacity: 65_536) { output throws(PlatformError) in
                count = try socket.socket.receive(appendingTo: &output)
            }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
        }
    }

    @Test func `a request is answered, and the connection closed`() throws {
        let answer = try exchange(["GET /a HTTP/1.1\r\nHost: x\r\n\r\n"])
        #expect(
            answer == """
                HTTP/1.1 200 OK\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: 13\r
                Connection: close\r
                \r
                asked for /a

                """)
    }

    @Test func `HEAD is answered without the body`() throws {
        let answer = try exchange(["HEAD /a HTTP/1.1\r\n\r\n"])
        #expect(answer.contains("Content-Length: 13\r\n") && answer.hasSuffix("\r\n\r\n"))
    }

    @Test func `a request may come in pieces, and an answer be large`() throws {
        #expect(try exchange(["GE", "T /b HT", "TP/1.1\r\n\r", "\n"]).hasSuffix("asked for /b\n"))
        let answer = try exchange(["GET /large HTTP/1.1\r\n\r\n"])
        #expect(answer.hasSuffix(large) && answer.utf8.count > large.utf8.count)
    }

    @Test(
        "what is no request is refused",
        arguments: [
            ("POST / HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n"),
            ("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
            (
                "GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 20_000),
                "HTTP/1.1 431 Request Header Fields Too Large\r\n"
            ),
        ])
    func refused(request: String, answer: String) throws {
        let said = try exchange([request])
        #expect(said.hasPrefix(answer))
        #expect(said.contains("Allow: GET, HEAD\r\n") == answer.contains("405"))
    }

    @Test func `who says nothing is not waited for`() throws {
        let start = MonotonicTime.now
        #expect(try exchange(["GET /"]).isEmpty)
        #expect(MonotonicTime.now - start >= .milliseconds(250))
    }

    @Test func `many clients are answered, and more than there is room for do not end the server`()
        throws
    {
        let deadline = MonotonicTime.now + .seconds(20)
        var silent: [Holder] = []
        for _ in 0..<100 {
            silent.append(
                Holder(try StreamSocket(connectedTo: .ip(server.address), until: deadline)))
        }
        sleep(for: .milliseconds(400))
        #expect(try exchange(["GET /c HTTP/1.1\r\n\r\n"]).hasSuffix("asked for /c\n"))
        withExtendedLifetime(silent) {}
    }
}

/// More than a socket takes at once.
private let large = String(repeating: "0123456789abcdef\n", count: 1 << 18)

private final class Holder {
    private let socket: StreamSocket
    init(_ socket: consuming StreamSocket) { self.socket = socket }
}
