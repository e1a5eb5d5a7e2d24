import Network
import Platform
import Testing

@testable import DNS

@Suite struct StreamBoundsTests {
    private let limit = StreamSettings().unsentLimit

    @Test func `ten thousand questions of a peer that does not read hold little`() {
        var connection = StreamConnection.new()
        let reply = framed(1, length: 60_000)
        var answered = 0
        for number in 0..<10_000 where connection.wishes.contains(.read) {
            connection.receive(framed(number))
            for _ in connection.takeAll() {
                connection.send(reply)
                answered += 1
            }
        }
        #expect(answered == 2)
        #expect(connection.outgoing.count < limit + reply.count)
        #expect(connection.wishes == .write)
        connection.look(at: second(5))
        #expect(connection.ending == .stalled)
    }

    @Test func `what is left of a turn is answered when there is room again`() {
        var connection = StreamConnection.new()
        connection.receive((0..<10).flatMap { framed($0) })
        var unsent = 0
        while connection.takeMessage(beside: unsent, at: second(0)) != nil { unsent += 30_000 }
        #expect(unsent == 90_000)
        connection.settle(at: second(0))
        // All of it was written at once; the other seven are to be taken in further turns.
        #expect(connection.wishes == .write)
        let taken1 = connection.takeAll()
        #expect(taken1.count == 7)
        #expect(connection.wishes == .read)
    }

    @Test func `a connection is not read while many questions wait`() {
        var connection = StreamConnection.new()
        connection.receive((0..<200).flatMap { framed($0) })
        while connection.takeMessage(at: second(0)) != nil { connection.beginWaiting() }
        connection.settle(at: second(0))
        #expect(connection.waiting == 128)
        #expect(connection.wishes == [])
        connection.endWaiting(at: second(1))
        #expect(connection.hasRoom)
        #expect(connection.wishes == .write)
        let taken2 = connection.takeAll(at: second(1))
        #expect(taken2.count == 72)
    }

    @Test func `a reply from elsewhere is not kept for a peer that does not read`() {
        var connection = StreamConnection.new()
        connection.receive(framed(1) + framed(2))
        while connection.takeMessage(at: second(0)) != nil { connection.beginWaiting() }
        connection.endWaiting(at: second(0))
        #expect(connection.hasRoom)
        connection.send([UInt8](repeating: 0, count: limit))
        connection.endWaiting(at: second(0))
        #expect(!connection.hasRoom)
        #expect(connection.waiting == 0)
    }

    @Test func `replies are sent in order however little is taken at a time`() {
        var output = StreamOutput()
        let octets = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
        var (given, taken) = (0, [UInt8]())
        while taken.count < octets.count {
            if output.count < limit, given < octets.count {
                let end = min(given + 7001, octets.count)
                output.append(octets[given..<end].span, at: second(0))
                given = end
            }
            let count = min(1999, output.count)
            taken += output.copied.prefix(count)
            output.wrote(count, at: second(0))
        }
        #expect(taken == octets && output.isEmpty)
    }
}

@Suite struct StreamCrowdTests {
    private func crowd(_ clientLimit: Int, _ connectionLimit: Int) -> StreamCrowd {
        var settings = StreamSettings()
        (settings.clientLimit, settings.connectionLimit) = (clientLimit, connectionLimit)
        return StreamCrowd(settings)
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false),
        ("fd00::1", "fd00::ffff:1", true), ("fd00::1", "fd00:0:0:1::1", false),
        ("::", "0.0.0.0", false),
    ])
    func `connections count for an IPv4 address or a 64 of IPv6`(
        first: String, second other: String, isSame: Bool
    ) throws {
        var crowd = crowd(1, 10)
        let (first, other) = (try IPAddress(validating: first), try IPAddress(validating: other))
        let place = crowd.add(StreamSource(rawValue: 1), of: first, at: second(0))
        #expect(crowd.admits(other) == !isSame)
        crowd.remove(place, of: first)
        #expect(crowd.admits(other))
        #expect(crowd.count == 0)
    }

    @Test func `who was idle for longest makes room`() throws {
        var crowd = crowd(10, 3)
        let client = try IPAddress(validating: "10.0.0.1")
        let sources = (1...3).map { StreamSource(rawValue: $0) }
        var places = sources.enumerated().map {
            crowd.add($1, of: client, at: second(Double($0)))
        }
        #expect(crowd.isFull)
        crowd.note(sources[0], &places[0], at: second(9))
        let first = crowd.takeIdlest()
        #expect(first == sources[1])
        crowd.remove(places[1], of: client)
        #expect(!crowd.isFull)
        let rest = [crowd.takeIdlest(), crowd.takeIdlest(), crowd.takeIdlest()]
        #expect(rest == [sources[2], sources[0], nil])
    }
}
