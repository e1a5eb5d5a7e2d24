import Synchronization

/// Says when nobody can still be reading what was taken out of shared tables.
///
/// A reader enters before it reads and leaves afterwards, at the price of one store each; memory that
/// was taken out of a table is freed once every reader that was inside then has left since.
// Invariant: the seats are atomic, are allocated once, and live as long as the object.
@safe package final class Epochs: @unchecked Sendable {
    private let seats: UnsafeMutablePointer<Seat>
    private let count: Int
    private let taken: Mutex<[Bool]>
    private let current = Atomic<UInt64>(1)

    /// Room for so many readers at one time.
    package init(readers count: Int) {
        unsafe seats = .allocate(capacity: count)
        for index in 0..<count { unsafe (seats + index).initialize(to: Seat()) }
        self.count = count
        taken = Mutex([Bool](repeating: false, count: count))
    }

    deinit {
        unsafe seats.deinitialize(count: count)
        unsafe seats.deallocate()
    }

    /// One reader's epoch, on a cache line of its own.
    private struct Seat: ~Copyable {
        /// The epoch it entered in; zero while it is outside.
        let epoch = Atomic<UInt64>(0)
        let padding: [7 of UInt64] = .init(repeating: 0)
    }
}

extension Epochs {
    /// A right to read, for one thread at a time.
    package struct Reader: ~Copyable, Sendable {
        private let epochs: Epochs
        private let seat: Int

        fileprivate init(_ epochs: Epochs, seat: Int) {
            self.epochs = epochs
            self.seat = seat
        }

        /// From here on, what is found in tables stays readable.
        @inline(__always)
        package borrowing func enter() {
            let now = epochs.current.load(ordering: .relaxed)
            unsafe epochs.seats[seat].epoch.store(now, ordering: .relaxed)
            // Whoever frees must see this before we see the table.
            atomicMemoryFence(ordering: .sequentiallyConsistent)
        }

        @inline(__always)
        package borrowing func leave() {
            unsafe epochs.seats[seat].epoch.store(0, ordering: .releasing)
        }

        deinit {
            leave()
            epochs.taken.withLock { $0[seat] = false }
        }
    }

    /// A place for one more reader; nil if all are taken.
    package func reader() -> Reader? {
        let seat = taken.withLock { taken -> Int? in
            guard let free = taken.firstIndex(of: false) else { return nil }
            taken[free] = true
            return free
        }
        return seat.map { Reader(self, seat: $0) }
    }

    /// Begins a new epoch and returns the one that ends: what was taken out before may still be read
    /// by those who entered in it.
    func advance() -> UInt64 { current.add(1, ordering: .sequentiallyConsistent).oldValue }

    /// The epoch of the reader that has been inside for longest; the largest number if none is.
    func oldest() -> UInt64 {
        var oldest = UInt64.max
        for index in 0..<count {
            let epoch = unsafe seats[index].epoch.load(ordering: .sequentiallyConsistent)
            if epoch != 0 { oldest = min(oldest, epoch) }
        }
        return oldest
    }
}
