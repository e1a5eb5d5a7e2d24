import APIServerSupport
import Network
import Platform
import Testing

@testable import Transport

struct `A limit` {
    private func request(_ change: (inout TimeLimits) -> Void) -> HTTPRequest {
        var request = HTTPRequest(.get, "/")
        change(&request.limits)
        return request
    }

    @Test func `ends a connection that TLS is not answered on`() throws {
        // The kernel connects for a listener whose owner never looks.
        let listener = try ListeningSocket(.ip(.v4(.loopback), 0))
        let port = try listener.socket.localPort
        let caller = try Caller(Endpoint(try ServerAddress("https://127.0.0.1:\(port)")))
        let error = try #require(
            try caller.ask(request { $0.connect = .milliseconds(50) }).error)
        #expect(error.code == .timedOut)
        #expect("\(error)".hasPrefix("connect to 127.0.0.1:\(port): no connection within"))
        withExtendedLifetime(listener) {}
    }

    @Test func `ends the wait for a head`() throws {
        let (server, authority) = try TestServer.secure(OpenHandler())
        let caller = try Caller(server, authority)
        let error = try #require(try caller.ask(request { $0.head = .milliseconds(50) }).error)
        #expect(error.code == .timedOut)
        #expect("\(error)".contains("wait for an answer of"), "\(error)")
        #expect("\(error)".contains("no answer within"), "\(error)")
    }

    @Test(arguments: [true, false])
    func `ends an answer that has fallen silent, and its connection is used no more`(
        isDead: Bool
    ) throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        if isDead { server.change { $0.faults = .listed([1: .wire(.stall, afterBytes: 200)]) } }
        let caller = try Caller(server, authority)
        let id = try caller.start(request { $0.silence = .milliseconds(100) })
        try caller.wait { handler.streams.count == 1 }
        let stream = try #require(handler.streams.first)
        stream.begin(200)
        for _ in 0..<4 {
            // Within the limit each time, and beyond it together.
            stream.write([UInt8](repeating: 1, count: 100))
            let pause = MonotonicTime.now + .milliseconds(40)
            try caller.wait { .now >= pause }
        }
        let answer = try caller.wait(for: id)
        #expect(answer.error?.code == .timedOut)
        #expect("\(try #require(answer.error))".contains("nothing more came for"))
        #expect(answer.body.count == (isDead ? answer.body.count : 400))
        _ = try caller.start(HTTPRequest(.get, "/next"))
        try caller.wait { handler.streams.count == 2 }
        #expect(handler.requests[1].connection == 2)
    }

    @Test func `holds for an answer as a whole`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let id = try caller.start(request { $0.whole = .milliseconds(150) })
        try caller.wait { handler.streams.count == 1 }
        let stream = try #require(handler.streams.first)
        stream.begin(200)
        let end = MonotonicTime.now + .milliseconds(200)
        try caller.wait {
            stream.write([1])
            return .now >= end
        }
        let answer = try caller.wait(for: id)
        #expect(answer.error?.code == .timedOut)
        #expect("\(try #require(answer.error))".contains("not done within"))
    }

    @Test func `holds for an answer's length`() throws {
        let (server, authority) = try TestServer.secure(
            FixedHandler(body: [UInt8](repeating: 1, count: 100_000)))
        let caller = try Caller(server, authority)
        var request = HTTPRequest(.get, "/")
        request.longestAnswer = 99_999
        #expect(try caller.ask(request).error?.code == .badAnswer)
        request.longestAnswer = 100_000
        #expect(try caller.ask(request).body.count == 100_000)
    }

    @Test func `holds for an answer's headers`() throws {
        let fields = (0..<40).map { ("x-\($0)", String(repeating: "a", count: 2000)) }
        let server = try TestServer(handler: FixedHandler(fields: fields))
        let error = try #require(try Caller(server).get("/").error)
        #expect(error.code == .badAnswer)
        #expect("\(error)".contains("headers"), "\(error)")
    }
}
