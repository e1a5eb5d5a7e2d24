import DNS
import Platform
import Synchronization

extension FuzzTargets {
    /// What clients send to the DNS server on a connection.
    static let clientStreams = [
        FuzzTarget("dns.stream", corpus: streams) { input in
            var session = StreamSession()
            // The first octet says how large the pieces are that the rest comes in.
            let size = Int(input.first ?? 0) + 1
            var rest = input.dropFirst()
            while !rest.isEmpty, session.connection.ending == nil {
                session.receive(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            session.end()
        }
    ]

    /// One message, and a few behind each other.
    private static let streams: [[UInt8]] = {
        let framed = queries.map {
            [UInt8($0.count >> 8), UInt8(truncatingIfNeeded: $0.count)] + $0
        }
        // The size of the pieces: one octet, a few, or all at once.
        let sizes: [UInt8] = [0, 3, 255]
        var streams: [[UInt8]] = [[255] + framed[0]]
        for number in 1..<framed.count {
            streams.append([sizes[number % sizes.count]] + framed[number - 1] + framed[number])
        }
        return streams
    }()
}

/// A connection whose peer takes all replies at once.
private struct StreamSession {
    var connection: StreamConnection
    private let settings = StreamSettings()
    private let now = MonotonicTime(nanoseconds: 1)
    private var questions = 0
    private var replies = 0

    init() { connection = StreamConnection(settings, at: now) }

    mutating func receive(_ octets: [UInt8]) {
        connection.receive(octets.span, at: now)
        while let range = connection.takeMessage(at: now) {
            questions += 1
            answer(message(range))
        }
        precondition(connection.unsentCount <= settings.unsentLimit + longestMessage + 2)
        connection.wrote(connection.unsentCount, at: now)
        connection.settle(at: now)
    }

    private func message(_ range: Range<Int>) -> [UInt8] {
        let message = connection.message(range)
        return message.octets(0..<message.count)
    }

    private mutating func answer(_ message: [UInt8]) {
        var client = Client.sample
        client.transport = .tcp
        guard let reply = FuzzTargets.cluster.withLock({ $0?.answer(message, client) }) else {
            return
        }
        replies += 1
        let check = ReplyCheck(message, reply, limit: longestMessage)
        precondition(check.problems.isEmpty, "\(check.problems)")
        let length = [UInt8(reply.count >> 8), UInt8(truncatingIfNeeded: reply.count)]
        connection.send((length + reply).span, at: now)
    }

    /// Whatever came, the connection ends with its peer.
    mutating func end() {
        connection.receiveEnd()
        connection.settle(at: now)
        precondition(connection.ending != nil && replies <= questions)
    }
}
