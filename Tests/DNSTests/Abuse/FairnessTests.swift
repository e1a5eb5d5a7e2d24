import Network
import Platform
import Synchronization
import Testing

@testable import DNS

@Suite struct FairnessTests {
    /// One client sends what it can while fifty others ask and wait for their answers.
    @Test func `X15 fifty clients are answered while one floods, which gets its share alone`()
        throws
    {
        var options = RateLimitOptions(rate: 100)
        options.slip = 0
        let server = try ServedStreams(limit: options)
        let address = server.datagrams
        let (isOver, flood) = (Flag(), Flooding())
        let start = MonotonicTime.now
        let thread = try Thread {
            guard let client = try? DatagramClient(address) else { return }
            while !isOver.isSet { flood.go(on: client) }
        }
        let clients = try (1...50).map { number in
            try DatagramClient(address, from: .v4(IPv4Address(127, 1, 0, UInt8(number))))
        }
        var rounds = 0
        while rounds < 10 || flood.sent < 5000, rounds < 1000 {
            rounds += 1
            for client in clients { #expect(try client.send(web)) }
            // What a full queue lost is asked for again.
            for client in clients {
                let reply = try client.receive(within: .seconds(5)) ?? client.ask(web)
                #expect(reply?.answers.count == 1)
            }
        }
        isOver.set()
        thread.join()
        let seconds = (MonotonicTime.now - start) / .seconds(1)
        #expect(flood.sent >= 5000)
        #expect(Double(flood.answered) <= 100 * (seconds + 1) + 1, "in \(seconds) s")
        #expect(flood.answered >= 100)
    }
}

/// Asks without end and without waiting, and counts.
private final class Flooding: Sendable {
    private let counts = Mutex((sent: 0, answered: 0))

    func go(on client: DatagramClient) {
        let isSent = (try? client.send(web)) ?? false
        var answers = 0
        while (try? client.receive()) != nil { answers += 1 }
        counts.withLock { counts in
            if isSent { counts.sent += 1 }
            counts.answered += answers
        }
    }

    var sent: Int { counts.withLock(\.sent) }
    var answered: Int { counts.withLock(\.answered) }
}
