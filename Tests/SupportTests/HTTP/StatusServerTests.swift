import Network
import Platform
import Testing

@testable import Support

@Suite("A status server")
struct StatusServerTests {
    private func start(patience: Duration = .seconds(60)) throws -> StatusServer {
        let loopback = AddressAndPort(.v4(IPv4Address(rawValue: 0x7F00_0001)), 0)
        return try StatusServer(loopback, patience: patience) { head in
            head.path == "/large" ? Response(large) : Response("asked for \(head.path)\n")
        }
    }

    /// Sends pieces one after the other, and reads to the end.
    private func exchange(
        _ pieces: [String], with server: StatusServer? = nil
    ) throws -> String {
        let server = try server ?? start()
        defer { withExtendedLifetime(server) {} }
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
        let server = try start(patience: .milliseconds(50))
        #expect(try exchange(["GET /"], with: server).isEmpty)
    }

    @Test func `clients beyond those there is room for do not end the server`() throws {
        let server = try start()
        let deadline = MonotonicTime.now + .seconds(20)
        var silent = try (0..<64).map { _ in
            Holder(try StreamSocket(connectedTo: .ip(server.address), until: deadline))
        }
        // Closed unheard: with an end or with a reset, whichever the kernel sees first.
        #expect(try isAnswered(by: server) == false)
        silent.removeAll()
        while try !isAnswered(by: server), MonotonicTime.now < deadline {}
        #expect(MonotonicTime.now < deadline)
    }

    private func isAnswered(by server: StatusServer) throws -> Bool {
        do {
            return try exchange(["GET /c HTTP/1.1\r\n\r\n"], with: server).hasSuffix("for /c\n")
        } catch let error as PlatformError
            where [.connectionReset, .brokenPipe].contains(error.code)
        {
            return false
        }
    }
}

/// More than a socket takes at once.
private let large = String(repeating: "0123456789abcdef\n", count: 1 << 18)

private final class Holder {
    private let socket: StreamSocket
    init(_ socket: consuming StreamSocket) { self.socket = socket }
}
