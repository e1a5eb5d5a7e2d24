import Network
import Platform
import Testing

@testable import DNS

@Suite struct StreamListenerTests {
    @Test func `a question is answered over TCP, and the next over the same connection`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        for id in 1...3 {
            try client.send(try question(web, id: id))
            let reply = try #require(try client.receive())
            #expect(Int(reply.id) == id)
            #expect(reply.answers.map(\.data) == [[10, 96, 0, 1]])
        }
        #expect(server.await { _ in server.answered == 3 })
    }

    @Test func `a reply is as long as a message can be, and cut beyond that`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        try client.send(try question(many, .srv))
        let reply = try #require(try client.receive())
        #expect(reply.answers.count > 800)
        #expect(reply.flags.contains(.truncated))
    }

    @Test func `D71 RFC 7766 a question comes in single octets`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        for octet in try question(web, id: 9) {
            try client.send([octet])
            sleep(for: .milliseconds(1))
        }
        #expect(try client.receive()?.id == 9)
    }

    @Test
    func `D71 RFC 7766 a hundred questions in one piece get a hundred replies in order`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        try client.send(try (0..<100).flatMap { try question(web, id: $0) })
        for id in 0..<100 { #expect(try client.receive()?.id == UInt16(id)) }
    }

    @Test
    func `D71 a peer that ends after its questions gets the replies and then the end`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        try client.send(try question(web, id: 1) + question(many, .srv, id: 2))
        try client.end()
        #expect(try client.receive()?.id == 1)
        #expect(try client.receive()?.id == 2)
        #expect(try client.receive() == nil)
        #expect(server.await { $0[ending: .finished] == 1 && $0.open == 0 })
    }

    @Test(arguments: [
        ([0, 0], StreamEnding.badLength), ([0, 11], .badLength),
        ([0, 40, 1, 2, 3], .cut), ([7], .cut), ([], .finished),
    ])
    func `D71 what is no message ends the connection`(
        octets: [UInt8], ending: StreamEnding
    ) throws {
        let server = try ServedStreams()
        let client = try server.connect()
        try client.send(octets)
        if ending != .badLength { try client.end() }
        #expect(try client.receive() == nil)
        #expect(server.await { $0[ending: ending] == 1 && $0.open == 0 })
    }

    @Test func `RFC 7828 the keepalive option says how long an idle connection stays`() throws {
        let server = try ServedStreams()
        let client = try server.connect()
        var message = Message.query(try DomainName(web), .a, id: 5)
        message.edns = EDNS(payloadSize: 1232)
        message.edns?.options = [EDNS.Option(.keepalive, [])]
        try client.send(framed(message.encoded()))
        let reply = try #require(try client.receive())
        #expect(reply.edns?.options.first { $0.code == .keepalive }?.data == [0, 100])
    }

    @Test func `a peer that resets is forgotten`() throws {
        let server = try ServedStreams(waiting: Hesitating()) { $0.waitingLimit = 1 }
        var idle: StreamClientOfTest? = try server.connect()
        #expect(server.await { $0.open == 1 })
        try idle?.resetOnClose()
        idle = nil
        #expect(server.await { $0[ending: .reset] == 1 && $0.open == 0 })
        // This one is not read when the reset comes.
        var asking: StreamClientOfTest? = try server.connect()
        try asking?.send(try question("example.com") + question("example.com"))
        #expect(server.await { $0.open == 1 })
        sleep(for: .milliseconds(20))
        try asking?.resetOnClose()
        asking = nil
        #expect(server.await { $0[ending: .reset] == 2 && $0.open == 0 })
    }
}

@Suite struct LateReplyTests {
    private func wait(for taker: Hesitating, _ count: Int) -> Bool {
        let deadline = MonotonicTime.now + .seconds(20)
        while taker.count < count, .now < deadline { sleep(for: .milliseconds(2)) }
        return taker.count == count
    }

    @Test func `replies from elsewhere come when they are there, in any order`() throws {
        let taker = Hesitating()
        let server = try ServedStreams(waiting: taker)
        let client = try server.connect()
        for id in 1...3 { try client.send(try question("example.com", id: id)) }
        try client.send(try question(web, id: 4))
        #expect(try client.receive()?.id == 4)
        #expect(wait(for: taker, 3))
        taker.answerBackwards()
        for id in [3, 2, 1] { #expect(try client.receive()?.id == UInt16(id)) }
    }

    @Test func `a peer that has ended still gets a reply from elsewhere`() throws {
        let taker = Hesitating()
        let server = try ServedStreams(waiting: taker)
        let client = try server.connect()
        try client.send(try question("example.com", id: 7))
        try client.end()
        #expect(wait(for: taker, 1))
        taker.answerBackwards()
        #expect(try client.receive()?.id == 7)
        #expect(try client.receive() == nil)
    }

    @Test func `no more questions of a connection wait than may`() throws {
        let taker = Hesitating()
        let server = try ServedStreams(waiting: taker) { $0.waitingLimit = 5 }
        let client = try server.connect()
        try client.send(try (0..<8).flatMap { try question("example.com", id: $0) })
        #expect(wait(for: taker, 5))
        sleep(for: .milliseconds(20))
        #expect(taker.count == 5)
        taker.forget()
        #expect(wait(for: taker, 3))
        taker.answerBackwards()
        for id in [7, 6, 5] { #expect(try client.receive()?.id == UInt16(id)) }
    }

    @Test func `a reply for a connection that is gone is dropped`() throws {
        let taker = Hesitating()
        let server = try ServedStreams(waiting: taker)
        var client: StreamClientOfTest? = try server.connect()
        try client?.send(try question("example.com"))
        #expect(wait(for: taker, 1))
        try client?.resetOnClose()
        client = nil
        #expect(server.await { $0.open == 0 })
        taker.answerBackwards()
        #expect(server.await { $0.lost == 1 })
    }
}
