import APIServerSupport
import Testing

@testable import Transport

struct `A proxy` {
    @Test func `is asked for a tunnel, in which TLS is the server's`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler())
        let proxy = try TunnelProxy()
        let caller = try Caller(server, authority) { $0.proxy = proxy.url }
        let answer = try caller.get("/x")
        #expect(answer.error == nil)
        #expect(answer.head?.version == .http2 && answer.head?.status == 200)
        #expect(proxy.asked == ["CONNECT 127.0.0.1:\(server.port) HTTP/1.1"])
    }

    @Test func `that refuses, or is not there, is told from the server`() throws {
        let (server, authority) = try TestServer.secure(EchoHandler())
        let proxy = try TunnelProxy(refuses: true)
        let refused = try Caller(server, authority) { $0.proxy = proxy.url }.get("/").error
        #expect(refused?.code == .proxyFailed, "\(String(describing: refused))")
        #expect("\(try #require(refused))".contains("403"))
        let lost = try Caller(server, authority) { $0.proxy = "http://a:secret@127.0.0.1:1" }
        let error = try #require(try lost.get("/").error)
        #expect(error.code == .proxyFailed, "\(error)")
        #expect("\(error)".contains("127.0.0.1:1 ") && !"\(error)".contains("secret"))
    }
}
