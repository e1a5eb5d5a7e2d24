import Synchronization
import Testing

@testable import Platform

@Suite struct SharedTableTests {
    private func bytes(_ number: Int) -> [UInt8] { Array("key-\(number)".utf8) }

    private func look(_ table: SharedTable, _ key: [UInt8]) -> [UInt8]? {
        guard let value = table.record(key.span) else { return nil }
        var octets: [UInt8] = []
        for index in value.octets.indices { octets.append(value.octets[index]) }
        return octets
    }

    @Test func `what was put is found until it is removed`() throws {
        var writer = try SharedTableWriter(readers: Epochs(readers: 1))
        for number in 0..<1000 { writer.put(Array("\(number)".utf8).span, at: bytes(number).span) }
        for number in stride(from: 0, to: 1000, by: 2) { writer.remove(bytes(number).span) }
        writer.put([1, 2, 3].span, at: bytes(1).span)
        let table = writer.table

        let count = writer.count
        #expect(count == 500)
        #expect(look(table, bytes(0)) == nil)
        #expect(look(table, bytes(1)) == [1, 2, 3])
        #expect(look(table, bytes(999)) == Array("999".utf8))
        let isThere = writer.remove(bytes(0).span)
        #expect(!isThere)
    }

    @Test func `keys and values may be empty or long`() throws {
        var writer = try SharedTableWriter(readers: Epochs(readers: 1))
        let (empty, long) = ([UInt8](), [UInt8](repeating: 7, count: 60_000))
        writer.put(empty.span, at: long.span)
        writer.put(long.span, at: empty.span)
        let table = writer.table

        #expect(look(table, long) == empty)
        #expect(look(table, empty) == long)
    }

    @Test func `it stays small when keys come and go`() throws {
        var writer = try SharedTableWriter(readers: Epochs(readers: 1))
        for number in 0..<100_000 {
            writer.put([1].span, at: bytes(number).span)
            writer.remove(bytes(number).span)
        }

        let (count, size, slots) = (writer.count, writer.size, writer.table.current.count)
        #expect(count == 0 && size == 0 && slots <= 128)
    }

    @Test func `nothing is freed while a reader is inside`() throws {
        let epochs = Epochs(readers: 1)
        var writer = try SharedTableWriter(readers: epochs)
        guard let reader = epochs.reader() else { throw NoSeat() }
        writer.put([1].span, at: [1].span)
        reader.enter()
        writer.remove([1].span)

        let whileInside = writer.collect()
        reader.leave()
        let afterwards = writer.collect()
        #expect(whileInside == 1 && afterwards == 0)
    }

    @Test func `a reader's place is free again after it`() throws {
        let epochs = Epochs(readers: 1)
        do {
            guard let reader = epochs.reader() else { throw NoSeat() }
            let isFull = epochs.reader() == nil
            #expect(isFull)
            reader.enter()
        }
        let isFree = epochs.reader() != nil
        #expect(isFree)
        #expect(epochs.oldest() == .max)
    }

    @Test func `uses are counted up to three`() throws {
        var writer = try SharedTableWriter(readers: Epochs(readers: 1))
        writer.put([1].span, at: [1].span)
        for _ in 0..<5 { writer.table.record([1].span)?.touch() }

        let uses = [[1], [1], [2] as [UInt8]].map { writer.takeTouches($0.span) }
        #expect(uses == [3, 0, nil])
    }

    @Test(arguments: [64, 1000, 100_003]) func `a search may begin at every slot`(count: Int) {
        let slots = SlotArray(count: count)
        defer { slots.free() }
        var generator = SystemRandomNumberGenerator()
        let firsts = Set((0..<count * 8).map { _ in slots.first(generator.next()) })
        #expect(firsts.allSatisfy { (0..<count).contains($0) })
        #expect(firsts.count > count * 9 / 10)
        #expect(slots.after(count - 1) == 0)
    }

    @Test func `readers keep a note for as long as a value stands`() throws {
        var writer = try SharedTableWriter(readers: Epochs(readers: 1), hasNotes: true)
        writer.put([1].span, at: [1].span)
        let table = writer.table
        table.record([1].span)?.note = 7
        #expect(table.record([1].span)?.exchangeNote(6, for: 8) == false)
        #expect(table.record([1].span)?.exchangeNote(7, for: 9) == true)
        #expect(table.record([1].span)?.note == 9)
        writer.put([1].span, at: [1].span)
        #expect(table.record([1].span)?.note == 0)
        var plain = try SharedTableWriter(readers: Epochs(readers: 1))
        plain.put([1].span, at: [1].span)
        plain.table.record([1].span)?.note = 7
        #expect(plain.table.record([1].span)?.note == 0)
        #expect(plain.table.record([1].span)?.exchangeNote(0, for: 9) == false)
    }

    /// Every value repeats one octet, so a torn or freed one would show.
    @Test func `readers see whole records while they change`() throws {
        let epochs = Epochs(readers: 2)
        var writer = try SharedTableWriter(readers: epochs)
        let table = writer.table
        let tally = Tally()
        do {
            let first = try Thread { Self.read(table, tally) }
            let second = try Thread { Self.read(table, tally) }
            change(&writer)
            tally.ended.store(true, ordering: .relaxed)
            first.join()
            second.join()
        }
        #expect(tally.torn.load(ordering: .relaxed) == 0)
        #expect(tally.found.load(ordering: .relaxed) > 0)
        let waiting = writer.collect()
        #expect(waiting == 0)
    }

    private func change(_ writer: inout SharedTableWriter) {
        for round in 0..<20_000 {
            let key = [UInt8(round % 64)]
            let value = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: 40)
            if round % 5 == 0 {
                writer.remove(key.span)
            } else {
                writer.put(value.span, at: key.span)
            }
        }
    }

    private static func read(_ table: SharedTable, _ tally: Tally) {
        guard let reader = table.epochs.reader() else { return }
        while !tally.ended.load(ordering: .relaxed) {
            reader.enter()
            for key in 0..<UInt8(64) {
                guard let value = table.record([key].span) else { continue }
                let octets = value.octets
                tally.found.add(1, ordering: .relaxed)
                for index in octets.indices where octets[index] != octets[0] {
                    tally.torn.add(1, ordering: .relaxed)
                }
            }
            reader.leave()
        }
    }

    private struct NoSeat: Error {}

    private final class Tally: Sendable {
        let ended = Atomic(false)
        let torn = Atomic(0)
        let found = Atomic(0)
    }
}
