import Synchronization

/// The slots of a table: any number of atomic words in one piece of memory.
@safe struct SlotArray {
    /// Where the number of slots stands, and behind it they themselves.
    let base: UnsafeRawPointer

    static let smallest = 64

    init(_ base: UnsafeRawPointer) { unsafe self.base = base }

    init(count: Int) {
        let size = MemoryLayout<Int>.stride + count * MemoryLayout<Atomic<UInt>>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size, alignment: MemoryLayout<Atomic<UInt>>.alignment)
        unsafe memory.storeBytes(of: count, as: Int.self)
        unsafe base = UnsafeRawPointer(memory)
        for index in 0..<count { unsafe (words + index).initialize(to: Atomic(0)) }
    }

    func free() { unsafe UnsafeMutableRawPointer(mutating: base).deallocate() }

    var count: Int { unsafe base.load(as: Int.self) }

    private var words: UnsafeMutablePointer<Atomic<UInt>> {
        let start = unsafe UnsafeMutableRawPointer(mutating: base) + MemoryLayout<Int>.stride
        return unsafe start.assumingMemoryBound(to: Atomic<UInt>.self)
    }

    subscript(index: Int) -> Atomic<UInt> {
        @inline(__always)
        unsafeAddress { unsafe UnsafePointer(words + index) }
    }

    /// Where the search for a hash begins.
    @inline(__always)
    func first(_ hash: UInt64) -> Int {
        // The low half of the hash decides: slots keep some of the high half.
        Int(truncatingIfNeeded: ((hash & UInt64(UInt32.max)) &* UInt64(count)) >> 32)
    }

    @inline(__always)
    func after(_ index: Int) -> Int { index + 1 == count ? 0 : index + 1 }
}
