import Synchronization

/// A table from octets to octets that one thread changes while others read it without waiting.
///
/// A reader finds a record as it was written whole, at one moment or another; it must be inside the
/// table's `Epochs` while it looks at it.
// Invariant: readers only load slots atomically and read records, which never change once they are
// published and are freed only when no reader can hold them; the writer is unique.
@safe package final class SharedTable: @unchecked Sendable {
    package let epochs: Epochs
    /// The slots in use; replaced as a whole when they become too few.
    private let slots: Atomic<UnsafeRawPointer>
    private let seed: UInt64

    init(_ epochs: Epochs, seed: UInt64) {
        self.epochs = epochs
        unsafe slots = Atomic(SlotArray(count: SlotArray.smallest).base)
        self.seed = seed
    }

    deinit {
        let slots = current
        for index in 0..<slots.count { TableRecord(slots[index])?.free() }
        slots.free()
    }
}

extension SharedTable {
    var current: SlotArray { unsafe SlotArray(slots.load(ordering: .acquiring)) }

    func replace(by slots: SlotArray) {
        unsafe self.slots.store(slots.base, ordering: .releasing)
    }

    /// The octets at a key, and a count of how often they were found; nil if there is none.
    ///
    /// The caller is inside the table's epochs for as long as it uses them.
    @inline(__always)
    @_lifetime(borrow self)
    package func record(_ key: Span<UInt8>) -> TableValue? {
        guard let record = find(key, hash: hash(key)) else { return nil }
        return TableValue(record)
    }

    @inline(__always)
    func find(_ key: Span<UInt8>, hash: UInt64) -> TableRecord? {
        let slots = current
        var index = slots.first(hash)
        while true {
            let word = slots[index].load(ordering: .acquiring)
            if word == 0 { return nil }
            if TableRecord.matches(word, hash), let record = TableRecord(word),
                record.hasKey(key)
            {
                return record
            }
            index = slots.after(index)
        }
    }

    func hash(_ key: Span<UInt8>) -> UInt64 { tableHash(key, seed: seed) }
}

/// What a table holds at a key.
package struct TableValue: ~Escapable {
    private let record: TableRecord

    @_lifetime(immortal)
    init(_ record: TableRecord) { self.record = record }

    package var octets: Span<UInt8> {
        @_lifetime(copy self) get {
            unsafe _overrideLifetime(record.value.span, copying: self)
        }
    }

    /// Notes that it was of use, up to three times between two sweeps.
    @inline(__always)
    package func touch() { record.touch() }

    /// A word that readers of this value share, zero at first; it ends with the value.
    package var note: UInt64 {
        get { record.note }
        nonmutating set { record.note = newValue }
    }

    /// Puts another word in the place of the note if it is still as expected.
    package func exchangeNote(_ expected: UInt64, for desired: UInt64) -> Bool {
        record.exchangeNote(expected, for: desired)
    }
}
