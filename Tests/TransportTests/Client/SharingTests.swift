import APIServerSupport
import Platform
import TestSupport
import Testing

@testable import Transport

/// What libcurl 7.88 forgets when it reads bytes of one stream while it looks for those of another.
struct `Streams of one connection` {
    /// Of 16 KiB are frames, TLS's records, and libcurl's buffers unless told otherwise.
    @Test(arguments: 0..<8)
    func `do not hold up the end of a long answer`(frames: Int) throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        try caller.openAnswers(4, of: handler)
        var request = HTTPRequest(.get, "/list")
        request.sharesConnection = false
        let body = [UInt8](repeating: 1, count: frames << 14 + 500)
        for _ in 0..<5 {
            let before = handler.streams.count
            let ids = try (0..<6).map { _ in try caller.start(request) }
            try caller.wait { handler.streams.count == before + ids.count }
            for stream in handler.streams[before...] { stream.respond(body) }
            // All is to be there before any of it is read.
            sleep(for: .milliseconds(3))
            for id in ids { #expect(try caller.quickly { try caller.wait(for: id) }.body == body) }
        }
    }

    @Test func `lose nothing of each other in a burst`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let ids = try caller.openAnswers(12, of: handler)
        for round in 1...100 {
            for stream in handler.streams { stream.write([UInt8](repeating: 1, count: 20_000)) }
            for stream in handler.streams { stream.write([2]) }
            sleep(for: .milliseconds(3))
            for id in ids {
                let size = 20_001 * round
                let answer = try caller.quickly {
                    try caller.wait(for: id) { $0.body.count >= size }
                }
                #expect(answer.body.count == size)
            }
        }
        #expect(server.counts.connections == 1)
    }
}

extension Caller {
    /// Asks for answers that the server begins and leaves open.
    @discardableResult
    fileprivate func openAnswers(_ count: Int, of handler: OpenHandler) throws -> [TransferID] {
        try (0..<count).map { number in
            let id = try start(HTTPRequest(.get, "/watch/\(number)"))
            try wait { handler.streams.count == number + 1 }
            handler.streams[number].begin(200)
            _ = try wait(for: id) { $0.head != nil }
            return id
        }
    }

    /// Does something before any timer of libcurl's can help.
    fileprivate func quickly<Result>(_ body: () throws -> Result) throws -> Result {
        let begin = MonotonicTime.now
        let result = try body()
        #expect(MonotonicTime.now - begin < .seconds(5))
        return result
    }
}
