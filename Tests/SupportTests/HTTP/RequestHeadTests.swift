import Testing

@testable import Support

private let metrics = RequestHead(method: .get, path: "/metrics")

@Suite("Requests to a status server")
struct RequestHeadTests {
    @Test(
        "a request ends with an empty line",
        arguments: [
            ("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", .whole(metrics)),
            (
                "GET /metrics?a=b?c HTTP/1.0\n\n",
                .whole(RequestHead(method: .get, path: "/metrics", query: "a=b?c"))
            ),
            ("GET /metrics? HTTP/1.0\n\n", .whole(metrics)),
            ("HEAD / HTTP/1.1\r\n\r\nmore", .whole(RequestHead(method: .head, path: "/"))),
            ("", .partial), ("GET /metrics HTTP/1.1\r\n", .partial),
            ("GET /metrics HTTP/1.1\r\nHost: a\r\n\r", .partial),
            ("POST /metrics HTTP/1.1\r\n\r\n", .refused(Response(.methodNotAllowed))),
            ("get / HTTP/1.1\r\n\r\n", .refused(Response(.methodNotAllowed))),
            ("GET /\r\n\r\n", .refused(Response(.badRequest))),
            ("GET / HTTP/2\r\n\r\n", .refused(Response(.badRequest))),
            ("GET  / HTTP/1.1\r\n\r\n", .refused(Response(.badRequest))),
            ("GET http://a/ HTTP/1.1\r\n\r\n", .refused(Response(.badRequest))),
            ("\r\n\r\n", .refused(Response(.badRequest))),
            ("\u{16}\u{3}\u{1}\n\n", .refused(Response(.badRequest))),
        ] as [(String, RequestHead.Progress)])
    func progress(text: String, progress: RequestHead.Progress) {
        #expect(RequestHead.progress(of: Array(text.utf8)) == progress)
    }

    @Test func `a head that does not end is refused`() {
        let endless = Array("GET / HTTP/1.1\r\n".utf8) + [UInt8](repeating: 0x61, count: 9000)
        #expect(RequestHead.progress(of: endless) == .refused(Response(.tooLarge)))
    }
}
