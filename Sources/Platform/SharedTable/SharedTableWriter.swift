import Glibc
import Synchronization

/// The one right to change a shared table.
package struct SharedTableWriter: ~Copyable, Sendable {
    package let table: SharedTable
    /// Slots that are not empty, those of removed records included.
    private var used = 0
    /// How many records the table holds.
    package private(set) var count = 0
    /// How much memory the records take.
    package private(set) var size = 0
    private let hasNotes: Bool
    private var retired: [Retired] = []

    /// Makes a table; others cannot choose keys that meet in it, as they do not know its seed.
    ///
    /// With notes, readers have a word at each value that they may write.
    package init(
        readers epochs: Epochs, hasNotes: Bool = false
    ) throws(PlatformError) {
        self.hasNotes = hasNotes
        var random = [8 of UInt8](repeating: 0)
        var span = random.mutableSpan
        try fillRandom(&span)
        var seed: UInt64 = 0
        for index in random.indices { seed = seed << 8 | UInt64(random[index]) }
        table = SharedTable(epochs, seed: seed)
    }

    deinit {
        guard let last = retired.last?.epoch else { return }
        while table.epochs.oldest() <= last { sched_yield() }
        for entry in retired { entry.free() }
    }

    /// Memory that readers may still look at.
    private struct Retired {
        let epoch: UInt64
        let memory: Memory

        enum Memory {
            /// The word of the slot that led to it.
            case record(UInt)
            /// The address of a replaced array.
            case slots(UInt)
        }

        func free() {
            switch memory {
            case .record(let word): TableRecord(word)?.free()
            case .slots(let address):
                unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
            }
        }
    }
}

extension SharedTableWriter {
    /// Puts a value at a key, in the place of what was there.
    package mutating func put(_ value: Span<UInt8>, at key: Span<UInt8>) {
        if (used + 1) * 16 > table.current.count * 13 { grow() }
        let record = TableRecord(key: key, value: value, hasNote: hasNotes)
        size += record.size
        let (slots, hash) = (table.current, table.hash(key))
        guard let index = position(of: key, hash: hash) else {
            insert(record, hash, into: slots)
            count += 1
            return
        }
        let before = slots[index].load(ordering: .relaxed)
        slots[index].store(record.word(hash), ordering: .releasing)
        retire(before)
    }

    /// Takes out what is at a key; false if nothing was.
    @discardableResult
    package mutating func remove(_ key: Span<UInt8>) -> Bool {
        guard let index = position(of: key, hash: table.hash(key)) else { return false }
        let before = table.current[index].load(ordering: .relaxed)
        table.current[index].store(TableRecord.removed, ordering: .releasing)
        count -= 1
        retire(before)
        return true
    }

    /// What is at a key, for the writer itself.
    package borrowing func value(_ key: Span<UInt8>) -> [UInt8]? {
        guard let record = table.find(key, hash: table.hash(key)) else { return nil }
        return unsafe Array(record.value)
    }

    /// How often what is at a key was found since the last time this was asked, three times at most.
    package borrowing func takeTouches(_ key: Span<UInt8>) -> Int? {
        guard let record = table.find(key, hash: table.hash(key)) else { return nil }
        defer { record.touches = 0 }
        return record.touches
    }

    /// Shows every key and value, in no order.
    package borrowing func forEach(_ body: (Span<UInt8>, Span<UInt8>) -> Void) {
        let slots = table.current
        for index in 0..<slots.count {
            guard let record = TableRecord(slots[index]) else { continue }
            unsafe body(record.key.span, record.value.span)
        }
    }

    /// Frees what no reader can hold any longer, and says how much still waits.
    @discardableResult
    package mutating func collect() -> Int {
        guard !retired.isEmpty else { return 0 }
        let oldest = table.epochs.oldest()
        let kept = retired.firstIndex { $0.epoch >= oldest } ?? retired.count
        for entry in retired[..<kept] { entry.free() }
        retired.removeFirst(kept)
        return retired.count
    }
}

extension SharedTableWriter {
    private func position(of key: Span<UInt8>, hash: UInt64) -> Int? {
        let slots = table.current
        var index = slots.first(hash)
        while true {
            let word = slots[index].load(ordering: .relaxed)
            if word == 0 { return nil }
            if TableRecord.matches(word, hash), let record = TableRecord(word),
                record.hasKey(key)
            {
                return index
            }
            index = slots.after(index)
        }
    }

    private mutating func insert(_ record: TableRecord, _ hash: UInt64, into slots: SlotArray) {
        var index = slots.first(hash)
        while slots[index].load(ordering: .relaxed) > TableRecord.removed {
            index = slots.after(index)
        }
        if slots[index].load(ordering: .relaxed) == 0 { used += 1 }
        slots[index].store(record.word(hash), ordering: .releasing)
    }

    /// Moves all records to slots of which five of eight are used.
    private mutating func grow() {
        let before = table.current
        let slots = SlotArray(count: max(SlotArray.smallest, (count + 1) * 8 / 5))
        used = 0
        for index in 0..<before.count {
            guard let record = TableRecord(before[index]) else { continue }
            insert(record, unsafe table.hash(record.key.span), into: slots)
        }
        table.replace(by: slots)
        let address = unsafe UInt(bitPattern: before.base)
        retired.append(Retired(epoch: table.epochs.advance(), memory: .slots(address)))
        collect()
    }

    private mutating func retire(_ word: UInt) {
        guard let record = TableRecord(word) else { return }
        size -= record.size
        retired.append(Retired(epoch: table.epochs.advance(), memory: .record(word)))
        if retired.count.isMultiple(of: Self.batch) { collect() }
    }

    /// How many records may wait before the readers are looked at.
    private static var batch: Int { 32 }
}
