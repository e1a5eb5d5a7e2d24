import Network
import Platform
import Testing

@testable import DNS

@Suite struct StreamLimitTests {
    @Test(arguments: [[], [0], [0, 30, 1]] as [[UInt8]])
    func `a connection without a message is closed`(octets: [UInt8]) throws {
        let server = try ServedStreams { $0.firstMessage = .milliseconds(50) }
        let client = try server.connect()
        try client.send(octets)
        #expect(try client.receive() == nil)
        #expect(server.await { $0[ending: .silent] == 1 && $0.open == 0 })
    }

    @Test func `an idle connection is closed after its time`() throws {
        let server = try ServedStreams { $0.idle = .milliseconds(100) }
        let client = try server.connect()
        let start = MonotonicTime.now
        try client.send(try question(web))
        #expect(try client.receive() != nil)
        #expect(try client.receive() == nil)
        #expect(.now - start >= .milliseconds(100))
        #expect(server.await { $0[ending: .idle] == 1 && $0.open == 0 })
    }

    @Test func `D71 a message that comes by and by is not waited for`() throws {
        let server = try ServedStreams { $0.message = .milliseconds(100) }
        let client = try server.connect()
        try client.send(try question(web))
        #expect(try client.receive() != nil)
        for octet in try question(web) {
            guard (try? client.send([octet])) != nil else { break }
            sleep(for: .milliseconds(20))
        }
        #expect(try client.receive() == nil)
        #expect(server.await { $0[ending: .dribble] == 1 && $0.open == 0 })
    }

    @Test func `ten thousand long replies are not kept for a peer that does not read`() throws {
        let server = try ServedStreams { $0.stalled = .milliseconds(200) }
        let all = try (0..<10_000).flatMap { try question(many, .srv, id: $0) }
        // Not before there is something to send: a connection without a message is closed.
        let client = try StreamClientOfTest(server.address, receiveBuffer: 4096)
        let deadline = MonotonicTime.now + .seconds(60)
        var sent = 0
        while server.counts[ending: .stalled] == 0, sent < all.count, .now < deadline {
            sent += client.sendSome(all[sent...])
            sleep(for: .milliseconds(5))
        }
        #expect(server.await { $0[ending: .stalled] == 1 && $0.open == 0 })
        // What the kernel holds of replies, and what we do.
        #expect(server.answered < 40)
    }

    @Test func `others are answered while some do not read`() throws {
        let server = try ServedStreams()
        let questions = try (0..<100).flatMap { try question(many, .srv, id: $0) }
        var stalled: [StreamClientOfTest] = []
        for _ in 0..<20 {
            let client = try StreamClientOfTest(server.address, receiveBuffer: 4096)
            try client.send(questions)
            stalled.append(client)
            let next = try server.connect()
            #expect(try next.isAnswered())
        }
        #expect(server.counts.open >= 20)
        withExtendedLifetime(stalled) {}
    }

    @Test func `a slow reader gets every reply`() throws {
        let server = try ServedStreams()
        let client = try StreamClientOfTest(server.address, receiveBuffer: 4096)
        try client.send(try (0..<40).flatMap { try question(many, .srv, id: $0) })
        for id in 0..<40 {
            sleep(for: .milliseconds(5))
            #expect(try client.receive()?.id == UInt16(id))
        }
    }

    @Test func `D71 X5 a client beyond its share is turned away`() throws {
        let server = try ServedStreams { $0.clientLimit = 3 }
        var clients = try (0..<3).map { _ in try server.connect() }
        #expect(server.await { $0.open == 3 })
        let refused = try server.connect()
        #expect(try refused.receive() == nil)
        #expect(server.await { $0.refused == 1 && $0.open == 3 })
        #expect(try clients[0].isAnswered())
        clients.removeLast()
        #expect(server.await { $0.open == 2 })
        let next = try server.connect()
        #expect(try next.isAnswered())
    }

    @Test func `the connection that was idle for longest makes room`() throws {
        let server = try ServedStreams { $0.connectionLimit = 3 }
        let clients = try (0..<3).map { _ in try server.connect() }
        #expect(server.await { $0.open == 3 })
        #expect(try clients[2].isAnswered() && clients[0].isAnswered())
        let latest = try server.connect()
        #expect(try latest.isAnswered())
        #expect(try clients[1].receive() == nil)
        #expect(try clients[0].isAnswered() && clients[2].isAnswered())
        #expect(server.await { $0[ending: .evicted] == 1 })
    }

    @Test func `five thousand connections leave nothing open`() throws {
        let server = try ServedStreams()
        for number in 0..<5000 {
            let client = try server.connect()
            switch number % 4 {
            case 0: try client.resetOnClose()
            case 1: try client.send([0, 40, 1])
            case 2: try client.send(try question(web))
            default: break
            }
        }
        #expect(server.await { $0.accepted == 5000 && $0.open == 0 })
    }
}
