import APIServerSupport
import Platform
import TestSupport
import Testing

@testable import Transport

struct `Requests to a server whose connections carry one each` {
    @Test(arguments: [true, false])
    func `do not wait for each other's answers, which may never end`(isSecure: Bool) throws {
        let handler = OpenHandler()
        let caller: Caller
        if isSecure {
            let (server, authority) = try TestServer.secure(handler) { $0.speaksHTTP2 = false }
            caller = try Caller(server, authority)
            try check(caller, handler)
            withExtendedLifetime(server) {}
        } else {
            let server = try TestServer(handler: handler)
            caller = try Caller(server)
            try check(caller, handler)
            withExtendedLifetime(server) {}
        }
    }

    private func check(_ caller: Caller, _ handler: OpenHandler) throws {
        let begin = MonotonicTime.now
        for number in 0..<3 { _ = try caller.start(HTTPRequest(.get, "/watch/\(number)")) }
        var answered = 0
        try caller.wait {
            for stream in handler.streams[answered...] { stream.begin(200) }
            answered = handler.streams.count
            return answered == 3
        }
        // One that waits is given up after ten seconds.
        #expect(MonotonicTime.now - begin < .seconds(8))
    }
}
