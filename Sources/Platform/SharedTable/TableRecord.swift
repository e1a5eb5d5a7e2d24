import Glibc
import Synchronization

/// A key and what stands at it, in one piece of memory; slots hold its address and some bits of its hash.
@safe struct TableRecord {
    /// Where the head is; the note stands before it, key and value behind it.
    private let base: UnsafeMutableRawPointer

    /// What precedes the key: the lengths, how often it was found, and whether there is a note.
    private struct Head: ~Copyable {
        let valueLength: UInt32
        let keyLength: UInt16
        let touches = Atomic<UInt8>(0)
        let hasNote: Bool
    }

    private typealias Note = Atomic<UInt64>

    /// A slot whose record was removed; a search goes on behind it.
    static let removed: UInt = 1
    /// User addresses have 47 bits, the rest of a word is for the hash.
    private static let addressBits: UInt = 48
    private static let addressMask: UInt = 1 << addressBits - 1
    private static let mostTouches: UInt8 = 3
}

extension TableRecord {
    /// The record a slot leads to, if it leads to one.
    @inline(__always)
    init?(_ word: UInt) {
        guard word > Self.removed,
            let base = unsafe UnsafeMutableRawPointer(bitPattern: word & Self.addressMask)
        else { return nil }
        unsafe self.base = base
    }

    init?(_ slot: borrowing Atomic<UInt>) { self.init(slot.load(ordering: .relaxed)) }

    /// Copies key and value into memory of their own.
    init(key: Span<UInt8>, value: Span<UInt8>, hasNote: Bool) {
        let before = hasNote ? MemoryLayout<Note>.stride : 0
        let size = before + MemoryLayout<Head>.stride + key.count + value.count
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size, alignment: MemoryLayout<Note>.alignment)
        unsafe base = memory + before
        if hasNote {
            unsafe memory.bindMemory(to: Note.self, capacity: 1).initialize(to: Note(0))
        }
        let head = Head(
            valueLength: UInt32(value.count), keyLength: UInt16(key.count), hasNote: hasNote)
        unsafe base.bindMemory(to: Head.self, capacity: 1).initialize(to: head)
        unsafe Self.copy(key, to: base + MemoryLayout<Head>.stride)
        unsafe Self.copy(value, to: base + MemoryLayout<Head>.stride + key.count)
    }

    func free() {
        unsafe (hasNote ? base - MemoryLayout<Note>.stride : base).deallocate()
    }

    private static func copy(_ octets: Span<UInt8>, to place: UnsafeMutableRawPointer) {
        unsafe octets.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                unsafe place.copyMemory(from: start, byteCount: bytes.count)
            }
        }
    }
}

extension TableRecord {
    private var head: UnsafeMutablePointer<Head> {
        unsafe base.assumingMemoryBound(to: Head.self)
    }

    private var hasNote: Bool { unsafe head.pointee.hasNote }

    /// What a slot that leads here holds, for a key of that hash.
    func word(_ hash: UInt64) -> UInt {
        UInt(bitPattern: unsafe base) | UInt(truncatingIfNeeded: hash) & ~Self.addressMask
    }

    /// Whether a slot may lead to a record of this hash.
    @inline(__always)
    static func matches(_ word: UInt, _ hash: UInt64) -> Bool {
        word ^ UInt(truncatingIfNeeded: hash) <= addressMask
    }

    @inline(__always)
    func hasKey(_ key: Span<UInt8>) -> Bool {
        guard unsafe Int(head.pointee.keyLength) == key.count else { return false }
        return unsafe key.withUnsafeBytes { key in
            guard let start = key.baseAddress else { return true }
            return unsafe memcmp(base + MemoryLayout<Head>.stride, start, key.count) == 0
        }
    }

    var key: UnsafeBufferPointer<UInt8> {
        let start = unsafe base + MemoryLayout<Head>.stride
        return unsafe UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self), count: Int(head.pointee.keyLength))
    }

    @inline(__always)
    var value: UnsafeBufferPointer<UInt8> {
        let start = unsafe base + MemoryLayout<Head>.stride + Int(head.pointee.keyLength)
        return unsafe UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self), count: Int(head.pointee.valueLength))
    }

    /// How much memory it takes.
    var size: Int {
        unsafe (hasNote ? MemoryLayout<Note>.stride : 0) + MemoryLayout<Head>.stride
            + Int(head.pointee.keyLength) + Int(head.pointee.valueLength)
    }

    /// Counts a use; a record in constant use is not written to each time.
    @inline(__always)
    func touch() {
        let seen = unsafe head.pointee.touches.load(ordering: .relaxed)
        if seen < Self.mostTouches {
            unsafe head.pointee.touches.store(seen + 1, ordering: .relaxed)
        }
    }

    var touches: Int {
        get { unsafe Int(head.pointee.touches.load(ordering: .relaxed)) }
        nonmutating set {
            unsafe head.pointee.touches.store(UInt8(newValue), ordering: .relaxed)
        }
    }

    private var notePlace: UnsafeMutablePointer<Note>? {
        guard hasNote else { return nil }
        return unsafe (base - MemoryLayout<Note>.stride).assumingMemoryBound(to: Note.self)
    }

    /// Zero where the table has no notes.
    var note: UInt64 {
        get { unsafe notePlace?.pointee.load(ordering: .relaxed) ?? 0 }
        nonmutating set { unsafe notePlace?.pointee.store(newValue, ordering: .relaxed) }
    }

    func exchangeNote(_ expected: UInt64, for desired: UInt64) -> Bool {
        unsafe notePlace?.pointee.compareExchange(
            expected: expected, desired: desired, ordering: .relaxed
        ).exchanged ?? false
    }
}
