import Network
import Platform
import TestSupport
import Testing

@testable import DNS

/// In processes of their own: descriptors, and how many there may be, are the whole process's.
@Suite(.requiresRoot) struct ConnectionFloodTests {
    @Test func `X5 five thousand slow connections keep their bounds, and nobody else from answers`()
        async
    {
        await #expect(processExitsWith: .success) {
            try DescriptorLimit.set(8192)
            let server = try ServedStreams()
            let datagrams = try DatagramClient(server.datagrams)
            var slow: [StreamClientOfTest] = []
            // A hundred clients with fifty connections each, of which no message becomes whole.
            for number in 0..<5000 {
                let client = IPAddress.v4(IPv4Address(127, 1, 0, UInt8(1 + number % 100)))
                let connection = try StreamClientOfTest(server.address, from: client)
                _ = connection.sendSome([0])
                slow.append(connection)
                if number % 50 == 0 { try #require(try datagrams.ask(web)?.answers.count == 1) }
                try #require(server.counts.open <= 1024)
            }
            try #require(server.await { $0.accepted == 5000 })
            let counts = server.counts
            try #require(counts.open <= 1024 && counts.refused == 0)
            try #require(counts[ending: .evicted] + counts[ending: .silent] >= 5000 - 1024)
            // Whoever asks is answered by TCP, too: it is not the one that was idle for longest.
            let last = try StreamClientOfTest(server.address)
            try #require(try last.isAnswered())
            // The slow ones' time ends, however many octets come of them.
            for connection in slow { _ = connection.sendSome([40]) }
            try #require(server.await { $0.open <= 1 })
        }
    }

    @Test func `X5 a client has no more than sixty-four connections`() async {
        await #expect(processExitsWith: .success) {
            let server = try ServedStreams { $0.firstMessage = .seconds(600) }
            let connections = try (0..<100).map { _ in try server.connect() }
            try #require(server.await { $0.accepted == 100 })
            try #require(server.counts.open == 64 && server.counts.refused == 36)
            let other = try StreamClientOfTest(
                server.address, from: .v4(IPv4Address(127, 1, 0, 1)))
            try #require(try other.isAnswered())
            withExtendedLifetime(connections) {}
        }
    }

    @Test func `X7 connections that come and go leave no descriptor, and datagrams are answered`()
        async
    {
        await #expect(processExitsWith: .success) {
            let server = try ServedStreams()
            let datagrams = try DatagramClient(server.datagrams)
            try #require(try datagrams.ask(web) != nil)
            let before = try Directory.list("/proc/self/fd").count
            for number in 0..<5000 {
                let client = try server.connect()
                if number % 3 == 0 { try client.resetOnClose() }
                if number % 5 == 0 { try client.send([0, 40, 1]) }
                if number % 50 == 0 { try #require(try datagrams.ask(web)?.answers.count == 1) }
            }
            try #require(server.await { $0.accepted == 5000 && $0.open == 0 })
            // The runtime's threads may have opened one of their own.
            try #require(try Directory.list("/proc/self/fd").count <= before + 4)
        }
    }
}

@Suite(.requiresRoot) struct DescriptorShortageTests {
    /// Leaves room for one descriptor more: a new one has the lowest number that is free.
    private static func leaveOne() throws {
        let next = try UDPSocket(AddressAndPort(.v4(.loopback), 0)).socket.descriptor.rawValue
        try DescriptorLimit.set(UInt(next) + 1)
    }

    @Test func `without descriptors for a connection the idlest makes room, and others are served`()
        async
    {
        await #expect(processExitsWith: .success) {
            let server = try ServedStreams {
                $0.firstMessage = .seconds(600); $0.idle = .seconds(600)
            }
            let datagrams = try DatagramClient(server.datagrams)
            let first = try server.connect()
            let others = try (0..<5).map { _ in try server.connect() }
            for client in [first] + others { try #require(try client.isAnswered()) }
            try Self.leaveOne()
            // It takes the last, so that there is none for the server's end.
            let late = try server.connect()
            try #require(server.await { $0[ending: .evicted] == 1 })
            try #require(try datagrams.ask(web)?.answers.count == 1)
            for client in [late] + others { try #require(try client.isAnswered()) }
            try #require(try first.receive() == nil)
            try #require(server.counts.exhausted == 1 && server.counts[ending: .evicted] == 1)
        }
    }

    @Test func `without descriptors at all it is waited, and not tried without end`() async {
        await #expect(processExitsWith: .success) {
            let server = try ServedStreams()
            let datagrams = try DatagramClient(server.datagrams)
            try #require(try datagrams.ask(web) != nil)
            let start = MonotonicTime.now
            try Self.leaveOne()
            let late = try server.connect()
            try #require(server.await { $0.exhausted >= 5 })
            let pauses = (MonotonicTime.now - start) / StreamSettings().exhausted
            try #require(Double(server.counts.exhausted) <= pauses + 1)
            try #require(try datagrams.ask(web)?.answers.count == 1)
            try DescriptorLimit.set(1024)
            try #require(try late.isAnswered())
        }
    }
}
