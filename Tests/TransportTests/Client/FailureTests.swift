import APIServerSupport
import Network
import Platform
import Testing

@testable import Transport

struct `A failure` {
    @Test(arguments: [WireFault.cut, .reset, .garbage], [0, 10, 400, 3000])
    func `of the connection ends an answer at any byte`(fault: WireFault, bytes: Int) throws {
        let handler = FixedHandler(body: [UInt8](repeating: 7, count: 100_000))
        let (server, authority) = try TestServer.secure(handler) {
            $0.faults = .listed([1: .wire(fault, afterBytes: bytes)])
        }
        let caller = try Caller(server, authority)
        let answer = try caller.get("/")
        let error = try #require(answer.error)
        #expect(error.code == .interrupted || error.code == .notTrusted, "\(error)")
        #expect(answer.body.count < 100_000)
        // The next request has another connection.
        #expect(try caller.get("/").body.count == 100_000)
        #expect(server.counts.connections == 2)
    }

    @Test func `of HTTP 1 in the middle of a piece is no end`() throws {
        let handler = FixedHandler(body: [UInt8](repeating: 7, count: 10_000))
        let server = try TestServer(handler: handler)
        server.change { $0.faults = .listed([1: .wire(.cut, afterBytes: 5000)]) }
        let answer = try Caller(server).get("/")
        #expect(answer.error?.code == .interrupted)
    }

    @Test func `of one answer leaves the others alone`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler) {
            $0.faults = .listed([2: .resetStream(beforePiece: 0)])
        }
        let caller = try Caller(server, authority)
        let ids = try (0..<3).map { try caller.start(HTTPRequest(.get, "/\($0)")) }
        try caller.wait { handler.streams.count == 3 }
        for stream in handler.streams { stream.respond("whole") }
        let answers = try ids.map { try caller.wait(for: $0) }
        #expect(answers.filter { $0.text == "whole" && $0.error == nil }.count == 2)
        #expect(answers.compactMap(\.error?.code) == [.interrupted])
        #expect(server.counts.connections == 1)
    }

    @Test func `to connect names the place and the cause`() throws {
        let listener = try ListeningSocket(.ip(.v4(.loopback), 0))
        let port = try listener.socket.localPort
        _ = consume listener
        let caller = try Caller(Endpoint(try ServerAddress("https://127.0.0.1:\(port)")))
        let error = try #require(try caller.get("/").error)
        #expect(error.code == .notConnected)
        #expect(
            "\(error)".hasPrefix("connect to 127.0.0.1:\(port): Connection refused ("), "\(error)")
    }

    @Test func `to find the name says so`() throws {
        let caller = try Caller(Endpoint(try ServerAddress("https://nowhere.invalid")))
        let error = try #require(try caller.get("/").error)
        #expect(error.code == .nameNotResolved)
        #expect("\(error)".contains("nowhere.invalid"), "\(error)")
    }

    @Test func `of a server that is told to go is none for the answers it has begun`() throws {
        let (server, authority) = try TestServer.secure(FixedHandler(body: [1, 2, 3])) {
            $0.faults = .listed([1: .goAway])
        }
        let caller = try Caller(server, authority)
        #expect(try caller.get("/").body == [1, 2, 3])
        #expect(try caller.get("/").body == [1, 2, 3])
        #expect(server.counts.connections == 2)
    }

    @Test(arguments: ["x", "/a b", "/a\r\nx: y", "/ü", "/a#b"])
    func `is what a path that is none gets at once`(path: String) throws {
        let caller = try Caller(Endpoint(try ServerAddress("https://127.0.0.1")))
        #expect(throws: TransportError.self) { try caller.start(HTTPRequest(.get, path)) }
    }

    @Test(arguments: [("a b", "x"), ("", "x"), ("a", "x\r\nb: y"), ("a:", "x"), ("a", "\u{0}")])
    func `is what a header that would be two gets`(name: String, value: String) throws {
        let caller = try Caller(Endpoint(try ServerAddress("https://127.0.0.1")))
        var request = HTTPRequest(.get, "/")
        request.fields = [HTTPField(name, value)]
        #expect(throws: TransportError.self) { try caller.start(request) }
    }
}
