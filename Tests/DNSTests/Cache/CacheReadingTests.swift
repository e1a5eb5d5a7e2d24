import CAllocations
import Platform
import Synchronization
import Testing

@testable import DNS

/// What threads do that answer clients.
@Suite struct CacheReadingTests {
    private static let name = "www.example.com"

    /// Reads a question as a server does, into places that are kept.
    private static func question(
        _ text: String, into name: inout QuestionName
    ) throws -> (query: Query, octets: [UInt8]) {
        let octets = Message.query(try DomainName(text), .a, id: 1).encoded()
        var query = Query()
        guard query.read(octets.span, name: &name) == .question else {
            throw DNSError(.badMessage, "read a question", "it is none")
        }
        return (query, octets + [UInt8](repeating: 0, count: 1232))
    }

    @Test func `an answer takes no memory`() throws {
        if weft_allocations() < 0 { return }
        var settings = CacheSettings()
        settings.prefetch = CacheSettings.Prefetch(amount: 3)
        settings.stale = CacheSettings.Stale()
        let epochs = Epochs(readers: 1)
        var writer = try CacheWriter(settings, readers: epochs)
        let addresses = try (1...3).map { try address(Self.name, UInt8($0)) }
        writer.store(
            try reply(Self.name, .a, .noError, addresses), for: try key(Self.name), at: 0)
        var reader = writer.reader()
        guard let seat = epochs.reader() else { throw NoSeat() }
        var name = QuestionName()
        var (query, octets) = try Self.question(Self.name, into: &name)
        var span = octets.mutableSpan
        var (found, taken) = (0, weft_allocations())
        for number in 0..<1000 {
            let now = UInt32(number)
            // The first time, the runtime makes what it needs to know of types.
            if now == 1 { taken = weft_allocations() }
            query.type = now % 10 == 9 ? .aaaa : .a
            seat.enter()
            let hit = reader.answer(
                query, name, at: now, rotation: now, into: &span, in: query.questionEnd..<1232)
            seat.leave()
            found += hit == nil ? 0 : 1
        }
        taken = weft_allocations() - taken
        #expect(found == 900)
        #expect(taken == 0)
    }

    /// All addresses of an answer end alike, so a mixture of two answers would show.
    @Test func `readers find whole answers while they change`() throws {
        let epochs = Epochs(readers: 2)
        var settings = CacheSettings()
        settings.success.capacity = 20
        var writer = try CacheWriter(settings, readers: epochs)
        let tally = Tally()
        do {
            let first = try Thread(owning: writer.reader()) { Self.read($0, epochs, tally) }
            let second = try Thread(owning: writer.reader()) { Self.read($0, epochs, tally) }
            try change(&writer)
            tally.ended.store(true, ordering: .relaxed)
            first.join()
            second.join()
        }
        #expect(tally.wrong.load(ordering: .relaxed) == 0)
        #expect(tally.found.load(ordering: .relaxed) > 0)
    }

    private func change(_ writer: inout CacheWriter) throws {
        for round in 0..<4000 {
            let name = "n\(round % 30).example.com"
            let addresses = try (0...(round % 7)).map { _ in
                try address(name, UInt8(truncatingIfNeeded: round))
            }
            writer.store(
                try reply(name, .a, .noError, addresses), for: try key(name),
                at: UInt32(round / 100))
            if round % 11 == 0 { writer.remove(try key(name)) }
        }
    }

    private static func read(
        _ reader: consuming CacheReader, _ epochs: Epochs, _ tally: Tally
    ) {
        guard let seat = epochs.reader() else { return }
        var name = QuestionName()
        var turn = 0
        while !tally.ended.load(ordering: .relaxed) {
            turn += 1
            guard let (query, octets) = try? question("n\(turn % 30).example.com", into: &name)
            else { return }
            var reply = octets
            var span = reply.mutableSpan
            seat.enter()
            let hit = reader.answer(
                query, name, at: 40, rotation: UInt32(turn % 5), into: &span,
                in: query.questionEnd..<1000)
            seat.leave()
            guard let hit else { continue }
            tally.found.add(1, ordering: .relaxed)
            // Each record is a pointer, ten octets, and an address.
            let ends = stride(from: query.questionEnd + 15, to: hit.end, by: 16).map { reply[$0] }
            if ends.count != Int(hit.answers) || Set(ends).count != 1 {
                tally.wrong.add(1, ordering: .relaxed)
            }
        }
    }

    private struct NoSeat: Error {}

    private final class Tally: Sendable {
        let ended = Atomic(false)
        let found = Atomic(0)
        let wrong = Atomic(0)
    }
}
