import Platform

/// Questions that were sent through one socket and have no answer yet, by their numbers.
///
/// A number is not used again before all others have been: a late answer to one that was given up
/// is no answer to another.
struct Flights {
    private var slots: [Slot]
    /// Free slots in the order in which they are used, as a ring.
    private var free: [UInt16]
    private var (firstFree, freeCount) = (0, 0)

    private struct Slot {
        var id: UInt16
        var question: Int32
        /// When it began, in nanoseconds; nil while nothing is under way.
        var start: Int64?
    }

    /// Room for a power of two.
    init(capacity: Int) {
        slots = (0..<capacity).map { Slot(id: UInt16($0), question: 0, start: nil) }
        free = (0..<capacity).map { UInt16($0) }
        freeCount = capacity
    }

    /// How many have no answer yet.
    var count: Int { slots.count - freeCount }

    /// Notes that a question begins; nil if too many have no answer.
    @inline(__always)
    mutating func begin(_ question: Int, at start: MonotonicTime) -> UInt16? {
        guard freeCount > 0 else { return nil }
        let place = Int(free[firstFree])
        firstFree = (firstFree + 1) & (free.count - 1)
        freeCount -= 1
        // The upper bits count how often the slot was used.
        slots[place].id &+= UInt16(truncatingIfNeeded: slots.count)
        slots[place].question = Int32(question)
        slots[place].start = start.nanoseconds
        return slots[place].id
    }

    /// What an answer's number belongs to; nil if to nothing that is under way.
    @inline(__always)
    mutating func end(_ id: UInt16) -> (question: Int, start: MonotonicTime)? {
        let place = Int(id) & (slots.count - 1)
        guard slots[place].id == id, let start = slots[place].start else { return nil }
        release(place)
        return (Int(slots[place].question), MonotonicTime(nanoseconds: start))
    }

    /// Gives up what began before a time, and says how many.
    mutating func expire(before time: MonotonicTime) -> Int {
        var expired = 0
        for place in slots.indices {
            guard let start = slots[place].start, start < time.nanoseconds else { continue }
            release(place)
            expired += 1
        }
        return expired
    }

    @inline(__always)
    private mutating func release(_ place: Int) {
        slots[place].start = nil
        free[(firstFree + freeCount) & (free.count - 1)] = UInt16(place)
        freeCount += 1
    }
}
