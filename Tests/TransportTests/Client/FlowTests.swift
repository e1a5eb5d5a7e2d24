import APIServerSupport
import Platform
import TestSupport
import Testing

@testable import Transport

struct `A slow reader` {
    @Test(arguments: [HTTPProtocols.negotiated, .http1])
    func `makes the server wait, and loses nothing`(protocols: HTTPProtocols) throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority) { $0.protocols = protocols }
        let id = try caller.start(HTTPRequest(.get, "/"))
        try caller.wait { handler.streams.count == 1 }
        let stream = try #require(handler.streams.first)
        stream.begin(200)
        let size = 1 << 20
        for number in 0..<64 { stream.write([UInt8](repeating: UInt8(number), count: size)) }
        stream.end()

        // Nothing is read, and what is kept for us stays within its limit.
        let pause = MonotonicTime.now + .milliseconds(300)
        let turns = caller.turns
        try caller.wait(reading: false) { .now >= pause }
        // It waits as well, and does not look again and again.
        #expect(caller.turns - turns < 1000)
        let transfer = try #require(caller.client.transfers[id])
        #expect(transfer.isPaused)
        #expect(transfer.unread.count <= Transfer.mostUnread)

        var sum = 0
        var next: [UInt8] = []
        var isOver = false
        while !isOver {
            try caller.client.read(id, into: &next)
            for index in stride(from: 0, to: next.count, by: 509) {
                guard Int(next[index]) == (sum + index) / size else {
                    Issue.record("the byte at \(sum + index) is \(next[index])")
                    return
                }
            }
            sum += next.count
            next.removeAll(keepingCapacity: true)
            try caller.turn(reading: false, until: .now + .milliseconds(5))
            isOver = try caller.wait(for: id, reading: false) { _ in true }.isOver
        }
        #expect(sum == 64 * size)
    }

    @Test func `does not hold up others on its connection`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        let slow = try caller.start(HTTPRequest(.get, "/slow"))
        try caller.wait { handler.streams.count == 1 }
        handler.streams[0].respond([UInt8](repeating: 1, count: 8 << 20))
        try caller.wait(reading: false) { caller.client.transfers[slow]?.isPaused ?? false }

        let quick = try caller.start(HTTPRequest(.get, "/quick"))
        try caller.wait(reading: false) { handler.streams.count == 2 }
        handler.streams[1].respond("quick")
        try caller.wait(reading: false) { caller.client.transfers[quick]?.unread.count == 5 }
        #expect(server.counts.connections == 1)
    }

    @Test func `is told of the end once it has read, however late`() throws {
        let server = try TestServer(handler: FixedHandler(body: [1, 2, 3]))
        let caller = try Caller(server)
        let id = try caller.start(HTTPRequest(.get, "/"))
        try caller.wait(reading: false) { caller.client.transfers[id]?.outcome != nil }
        #expect(caller.client.next() == nil)
        try caller.read(id)
        // Without other reasons to wake.
        try caller.turn(until: .now + .seconds(20))
        #expect(try caller.wait(for: id) { _ in true }.isOver)
    }

    @Test func `is not timed out for its own silence`() throws {
        let (server, authority) = try TestServer.secure(
            FixedHandler(body: [UInt8](repeating: 1, count: 2 << 20)))
        let caller = try Caller(server, authority)
        var request = HTTPRequest(.get, "/")
        request.limits.silence = .milliseconds(100)
        let id = try caller.start(request)
        try caller.wait(reading: false) { caller.client.transfers[id]?.isPaused ?? false }
        let pause = MonotonicTime.now + .milliseconds(300)
        try caller.wait(reading: false) { .now >= pause }
        try caller.read(id)
        let answer = try caller.wait(for: id)
        #expect(answer.error == nil)
        #expect(answer.body.count == 2 << 20)
    }
}

struct `Many requests` {
    @Test(arguments: [HTTPProtocols.negotiated, .http1])
    func `use one connection after the other, and leave no descriptor behind`(
        protocols: HTTPProtocols
    ) throws {
        let (server, authority) = try TestServer.secure(FixedHandler(body: [1, 2, 3]))
        let caller = try Caller(server, authority) { $0.protocols = protocols }
        for _ in 0..<100 { #expect(try caller.get("/").body == [1, 2, 3]) }
        #expect(server.counts.connections == 1)
        for _ in 0..<20 {
            let ids = try (0..<50).map { try caller.start(HTTPRequest(.get, "/\($0)")) }
            for id in ids {
                let answer = try caller.wait(for: id)
                #expect(answer.body == [1, 2, 3], "\(String(describing: answer.error))")
            }
        }
        #expect(caller.client.transfers.isEmpty)
        #expect(caller.client.limits.count == 0)
        #expect(server.counts.connections == (protocols == .http1 ? 50 : 1))
        try caller.client.reconfigure(caller.client.endpoint)
        try caller.wait { server.counts.openConnections == 0 }
    }

    @Test func `that are cancelled at any time leave nothing behind`() throws {
        let handler = OpenHandler()
        let (server, authority) = try TestServer.secure(handler)
        let caller = try Caller(server, authority)
        for turns in 0..<40 {
            let id = try caller.start(HTTPRequest(.get, "/"))
            for _ in 0..<turns { try caller.turn(until: .now + .microseconds(300)) }
            for stream in handler.streams.suffix(1) where turns.isMultiple(of: 2) {
                stream.begin(200)
                stream.write([1, 2, 3])
            }
            try caller.client.cancel(id)
            try caller.client.cancel(id)
        }
        #expect(caller.client.transfers.isEmpty && caller.client.next() == nil)
        #expect(caller.client.limits.count == 0)
        try caller.wait { handler.streams.allSatisfy { !$0.isOpen } }
    }
}
