import APIServerSupport
import Testing

@testable import Transport

struct `An exchange` {
    @Test func `over TLS is HTTP 2 and carries method, path, headers and body`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler())
        let caller = try Caller(server, authority)
        var request = HTTPRequest(.post, "/api/v1/namespaces?limit=5&x=%20")
        request.fields = [HTTPField("X-One", "1"), HTTPField("x-empty", "")]
        request.body = Array("hello".utf8)

        let answer = try caller.ask(request)

        #expect(answer.head?.status == 200)
        #expect(answer.head?.version == .http2)
        #expect(answer.head?["content-type"] == "text/plain")
        let lines = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.prefix(3) == ["POST", "/api/v1/namespaces?limit=5&x=%20", "hello"])
        #expect(lines.contains("x-one: 1") && lines.contains("x-empty: "))
        #expect(lines.contains("user-agent: weft"))
    }

    @Test(arguments: [HTTPProtocols.negotiated, .http1, .http2])
    func `without TLS is in the version that was asked for`(protocols: HTTPProtocols) throws {
        let server = try TestServer(handler: EchoHandler())
        let caller = try Caller(server) { $0.protocols = protocols }
        let answer = try caller.get("/x")
        #expect(answer.head?.version == (protocols == .http2 ? .http2 : .http1))
        #expect(answer.text.hasPrefix("GET\n/x\n"))
    }

    @Test func `falls back to HTTP 1 where the server does not speak 2`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler()) { $0.speaksHTTP2 = false }
        let answer = try Caller(server, authority).get("/x")
        #expect(answer.head?.version == .http1)
        #expect(answer.error == nil)
    }

    @Test func `shares one connection among requests at once`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let ids = try (0..<20).map { try caller.start(HTTPRequest(.get, "/\($0)")) }
        try caller.wait { handler.streams.count == ids.count }
        // All are open at the same time; the last is answered first.
        for (request, stream) in zip(handler.requests, handler.streams).reversed() {
            stream.respond(request.path)
        }
        for (number, id) in ids.enumerated() {
            #expect(try caller.wait(for: id).text == "/\(number)")
        }
        #expect(server.counts.connections == 1)
        #expect(caller.client.counters.connections == 1)
        #expect(caller.client.counters.overHTTP2 == 20)
    }

    @Test func `hands pieces over as they come, while the answer goes on`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let id = try caller.start(HTTPRequest(.get, "/watch"))
        try caller.wait { handler.streams.count == 1 }
        let stream = try #require(handler.streams.first)
        stream.begin(200)
        for piece in ["one", "onetwo", "onetwothree"] {
            stream.write(Array(piece.dropFirst(piece.count - (piece.count > 6 ? 5 : 3)).utf8))
            let answer = try caller.wait(for: id) { $0.text == piece }
            #expect(!answer.isOver)
        }
        try caller.client.cancel(id)
        try caller.wait { !stream.isOpen }
    }

    @Test func `that nobody wants any more ends at the server, and others go on`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let ids = try (0..<3).map { try caller.start(HTTPRequest(.get, "/\($0)")) }
        try caller.wait { handler.streams.count == 3 }
        let streams = Dictionary(
            uniqueKeysWithValues: zip(handler.requests.map(\.path), handler.streams))
        try caller.client.cancel(ids[1])
        try caller.wait { !(streams["/1"]?.isOpen ?? true) }
        for (path, stream) in streams { stream.respond(path) }
        #expect(try caller.wait(for: ids[0]).text == "/0")
        #expect(try caller.wait(for: ids[2]).text == "/2")
        #expect(server.counts.connections == 1)
    }

    @Test(arguments: [401, 404, 410, 429, 503])
    func `hands over any status`(status: Int) throws {
        let handler = FixedHandler(
            status: status, fields: [("retry-after", "7")], body: Array("no".utf8))
        let server = try TestServer(handler: handler)
        let answer = try Caller(server).get("/")
        #expect(answer.head?.status == status)
        #expect(answer.head?["Retry-After"] == "7")
        #expect(answer.text == "no" && answer.error == nil)
    }

    @Test func `does not follow a redirection`() throws {
        let handler = FixedHandler(status: 302, fields: [("location", "https://elsewhere/")])
        let server = try TestServer(handler: handler)
        let error = try Caller(server).get("/").error
        #expect(error?.code == .redirected)
        #expect("\(try #require(error))".contains("https://elsewhere/"))
    }
}
