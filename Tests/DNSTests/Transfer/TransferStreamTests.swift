import Network
import Platform
import Testing

@testable import DNS

@Suite struct TransferStreamTests {
    /// So many records of a kilobyte.
    private struct Kilobytes: TransferSource {
        var left: Int

        mutating func next() -> [Record]? {
            if left == 0 { return nil }
            left -= 1
            let text = [UInt8](repeating: 7, count: 1000)
            return [Record(.root, RecordType(rawValue: 65280), ttl: UInt32(left), data: text)]
        }
    }

    private func transfer(kilobytes: Int) throws -> ZoneTransfer {
        let transfers = try #require(
            ZoneTransfers(try block("transfer {\nto *\n}").transfers, of: nil))
        let turn = try #require(transfers.begin(.root, for: .v4(.unspecified)))
        return ZoneTransfer(
            Message(), Record(.root, .soa, ttl: 0, data: []), Kilobytes(left: kilobytes), turn)
    }

    @Test func `a peer that does not read holds no more of a zone than of anything else`() throws {
        var connection = StreamConnection.new()
        connection.receive(framed(1))
        #expect(connection.takeAll().count == 1)
        connection.begin(try transfer(kilobytes: 100_000))
        while let part = connection.takePart(at: second(0)) { connection.send(framed(part)) }
        #expect(connection.outgoing.count < connection.settings.unsentLimit + 16 << 10 + 2)
        #expect(connection.wishes == .write)
        connection.wrote(connection.outgoing.count, at: second(1))
        #expect(connection.wishes == .write)
        #expect(connection.takePart(at: second(1)) != nil)
        connection.send(framed(2))
        connection.look(at: second(7))
        #expect(connection.ending == .stalled)
        #expect(connection.takePart(at: second(7)) == nil)
    }

    @Test func `questions behind a transfer are answered after it, even of a peer that ends`()
        throws
    {
        var connection = StreamConnection.new()
        connection.receive(framed(1) + framed(2))
        #expect(connection.takeMessage(at: second(0)) != nil)
        connection.begin(try transfer(kilobytes: 40))
        connection.receiveEnd()
        connection.settle(at: second(0))
        #expect(connection.takeMessage(at: second(0)) == nil && connection.ending == nil)
        var parts = 0
        while connection.takePart(at: second(0)) != nil { parts += 1 }
        #expect(parts == 3)
        #expect(connection.wishes == .write)
        #expect(connection.takeAll().count == 1)
        #expect(connection.ending == .finished)
    }

    @Test func `a turn of a transfer ends beside the replies of others`() throws {
        var connection = StreamConnection.new()
        connection.begin(try transfer(kilobytes: 40))
        #expect(connection.takePart(beside: 64 << 10, at: second(0)) == nil)
        #expect(connection.takePart(at: second(0)) != nil)
    }

    @Test func `a zone of many messages is copied over TCP, and others are answered meanwhile`()
        throws
    {
        let server = try ServedStreams(transfers: try block("transfer {\nto *\n}").transfers)
        let client = try server.connect()
        let asked = try Message.copying("cluster.local").encoded()
        try client.send(framed(asked) + question(web, id: 2))
        var copy = CopiedZone()
        while !copy.isWhole {
            let message = try #require(try client.receive())
            try copy.take(message.encoded())
            if copy.messages.count == 1 {
                let other = try server.connect()
                #expect(try other.isAnswered())
            }
        }
        // Two sets of SRV records, those of the name, and each endpoint's own.
        #expect(copy.records.count > 4 * 1500 && copy.messages.count > 20)
        #expect(try client.receive()?.id == 2)
        #expect(server.await { _ in server.answered == 3 })
    }

    @Test func `a client that goes away in the middle may begin anew`() throws {
        let server = try ServedStreams(transfers: try block("transfer {\nto *\n}").transfers)
        for _ in 0..<3 {
            let client = try StreamClientOfTest(server.address, receiveBuffer: 4096)
            try client.send(framed(try Message.copying("cluster.local").encoded()))
            #expect(try client.receive()?.responseCode == .noError)
            try client.resetOnClose()
            _ = consume client
            #expect(server.await { $0.open == 0 })
        }
    }
}
