import Platform
import Testing

@testable import DNS

@Suite struct StreamConnectionTests {
    private let message = framed(513, length: 40)

    @Test func `D71 RFC 7766 a message is taken whole wherever it is split`() {
        for split in 0...message.count {
            var connection = StreamConnection.new()
            connection.receive(Array(message[..<split]))
            let first = connection.takeAll()
            #expect(first.count == (split == message.count ? 1 : 0))
            connection.receive(Array(message[split...]))
            let messages = first + connection.takeAll()
            #expect(messages == [Array(message[2...])], "split at \(split)")
        }
    }

    @Test func `messages are taken in order from any pieces`() {
        let all = (0..<50).map { framed($0, length: 12 + $0 * 7) }
        let octets = all.flatMap(\.self)
        for size in [1, 2, 3, 13, 64, 1000, octets.count] {
            var connection = StreamConnection.new()
            var taken: [[UInt8]] = []
            for start in stride(from: 0, to: octets.count, by: size) {
                connection.receive(Array(octets[start..<min(start + size, octets.count)]))
                taken += connection.takeAll()
            }
            #expect(taken == all.map { Array($0[2...]) }, "pieces of \(size)")
        }
    }

    @Test func `the longest message is taken`() {
        var connection = StreamConnection.new()
        connection.receive(framed(1, length: 65535))
        let taken1 = connection.takeAll()
        #expect(taken1.map(\.count) == [65535])
    }

    @Test(arguments: 0..<12)
    func `D71 a length without room for a header ends the connection`(length: Int) {
        var connection = StreamConnection.new()
        connection.receive(framed(1) + [0, UInt8(length)])
        let taken2 = connection.takeAll()
        #expect(taken2.count == 1)
        #expect(connection.ending == .badLength)
        let more = connection.takeAll()
        #expect(more.isEmpty)
    }

    @Test(arguments: [
        ("", 0, StreamEnding.finished), ("whole", 1, .finished), ("half", 0, .cut),
        ("whole whole", 2, .finished), ("whole half", 1, .cut),
    ])
    func `D71 a peer that ends gets what it asked for`(
        text: String, count: Int, ending: StreamEnding
    ) {
        var connection = StreamConnection.new()
        for word in text.split(separator: " ") {
            connection.receive(word == "whole" ? message : Array(message.dropLast()))
        }
        connection.receiveEnd()
        let taken3 = connection.takeAll()
        #expect(taken3.count == count)
        #expect(connection.ending == ending)
    }

    @Test func `a peer that has ended waits for what is asked elsewhere and what is unsent`() {
        var connection = StreamConnection.new()
        connection.receive(message + message.dropLast(3))
        connection.receiveEnd()
        _ = connection.takeMessage(at: second(0))
        connection.beginWaiting()
        connection.settle(at: second(0))
        #expect(connection.ending == nil && connection.wishes == [])
        #expect(connection.deadline.ending == .idle)

        connection.endWaiting(at: second(1))
        #expect(connection.hasRoom)
        connection.send(message, at: second(1))
        connection.settle(at: second(1))
        #expect(connection.ending == nil && connection.wishes == .write)

        connection.wrote(message.count, at: second(2))
        connection.settle(at: second(2))
        #expect(connection.ending == .cut)
    }
}

@Suite struct StreamDeadlineTests {
    private let message = framed(1)

    private func expect(
        _ connection: StreamConnection, _ ending: StreamEnding, at seconds: Double,
        _ location: SourceLocation = #_sourceLocation
    ) {
        var connection = connection
        let deadline = connection.deadline
        #expect(deadline.time.secondsOfTest == seconds, sourceLocation: location)
        connection.look(at: second(seconds - 0.001))
        #expect(connection.ending == nil, sourceLocation: location)
        connection.look(at: second(seconds))
        #expect(connection.ending == ending, sourceLocation: location)
    }

    @Test func `D71 the first message has three seconds from the beginning`() {
        var connection = StreamConnection.new()
        expect(connection, .silent, at: 3)
        for time in 1...5 {
            connection.receive([message[time - 1]], at: second(Double(time) / 2))
            _ = connection.takeAll(at: second(Double(time) / 2))
            expect(connection, .silent, at: 3)
        }
    }

    @Test func `D71 another message has three seconds from its first octet`() {
        var connection = StreamConnection.new()
        connection.receive(message, at: second(1))
        _ = connection.takeAll(at: second(1))
        expect(connection, .idle, at: 11)
        for (octet, time) in zip(message, [8.0, 8.5, 9]) {
            connection.receive([octet], at: second(time))
            connection.settle(at: second(time))
            expect(connection, .dribble, at: 11)
        }
    }

    @Test func `a message that follows in the same piece begins with it`() {
        var connection = StreamConnection.new()
        connection.receive(message + [0], at: second(2))
        _ = connection.takeAll(at: second(2))
        expect(connection, .dribble, at: 5)
    }

    @Test func `D71 an idle connection has ten seconds from its last question or reply`() {
        var connection = StreamConnection.new()
        connection.receive(message, at: second(2))
        _ = connection.takeAll(at: second(2))
        expect(connection, .idle, at: 12)
        connection.send(message, at: second(2))
        connection.wrote(message.count, at: second(4))
        expect(connection, .idle, at: 14)
    }

    @Test func `D71 a reply has five seconds for each bit of it`() {
        var connection = StreamConnection.new()
        connection.receive(message, at: second(1))
        _ = connection.takeAll(at: second(1))
        connection.send(message, at: second(1))
        expect(connection, .stalled, at: 6)
        connection.send(message, at: second(4))
        expect(connection, .stalled, at: 6)
        connection.wrote(1, at: second(5))
        expect(connection, .stalled, at: 10)
    }

    @Test func `a message that we do not read gets its time anew`() {
        var connection = StreamConnection.new { $0.waitingLimit = 1 }
        connection.receive(message + [0], at: second(1))
        _ = connection.takeMessage(at: second(1))
        connection.beginWaiting()
        connection.settle(at: second(1))
        #expect(connection.wishes == [])
        expect(connection, .idle, at: 11)
        connection.endWaiting(at: second(9))
        #expect(connection.hasRoom)
        #expect(connection.wishes == .read)
        expect(connection, .dribble, at: 12)
    }
}
