/// Deadlines in order, without a clock: a heap whose entries know where they are.
package struct TimerQueue<Payload: Sendable>: Sendable {
    /// Names a timer; once it has fired or was cancelled, its name is nobody's again.
    package struct ID: Hashable, Sendable {
        fileprivate let slot: Int
        fileprivate let generation: UInt32
    }

    private struct Slot {
        var deadline: MonotonicTime
        var payload: Payload?
        var generation: UInt32
        /// Where in the heap, while the timer is pending.
        var position: Int
    }

    private var slots: [Slot] = []
    private var free: [Int] = []
    /// Slot numbers; each one's deadline is no later than those of the two at 2n+1 and 2n+2.
    private var heap: [Int] = []

    package init() {}
}

extension TimerQueue {
    package var count: Int { heap.count }

    /// When the next timer fires.
    package var next: MonotonicTime? { heap.first.map { slots[$0].deadline } }

    package mutating func schedule(_ payload: Payload, at deadline: MonotonicTime) -> ID {
        let slot = takeSlot(payload, deadline)
        slots[slot].position = heap.count
        heap.append(slot)
        moveUp(from: heap.count - 1)
        return ID(slot: slot, generation: slots[slot].generation)
    }

    /// Takes a timer back; nil when it has fired or was cancelled before.
    @discardableResult
    package mutating func cancel(_ id: ID) -> Payload? {
        guard slots.indices.contains(id.slot), slots[id.slot].generation == id.generation else {
            return nil
        }
        return remove(at: slots[id.slot].position)
    }

    /// The earliest timer whose deadline has come, taken out of the queue.
    package mutating func fire(_ now: MonotonicTime) -> Payload? {
        guard let next, next <= now else { return nil }
        return remove(at: 0)
    }
}

extension TimerQueue {
    private mutating func takeSlot(_ payload: Payload, _ deadline: MonotonicTime) -> Int {
        guard let slot = free.popLast() else {
            slots.append(Slot(deadline: deadline, payload: payload, generation: 0, position: 0))
            return slots.count - 1
        }
        slots[slot].deadline = deadline
        slots[slot].payload = payload
        return slot
    }

    private mutating func remove(at position: Int) -> Payload? {
        let slot = heap[position]
        swap(position, heap.count - 1)
        heap.removeLast()
        if position < heap.count {
            moveUp(from: position)
            moveDown(from: position)
        }
        slots[slot].generation &+= 1
        free.append(slot)
        return slots[slot].payload.take()
    }

    private mutating func moveUp(from start: Int) {
        var position = start
        while position > 0, isEarlier(position, than: (position - 1) / 2) {
            swap(position, (position - 1) / 2)
            position = (position - 1) / 2
        }
    }

    private mutating func moveDown(from start: Int) {
        var position = start
        while true {
            let left = 2 * position + 1
            let right = left + 1
            var earliest = position
            if left < heap.count, isEarlier(left, than: earliest) { earliest = left }
            if right < heap.count, isEarlier(right, than: earliest) { earliest = right }
            if earliest == position { return }
            swap(position, earliest)
            position = earliest
        }
    }

    private func isEarlier(_ left: Int, than right: Int) -> Bool {
        slots[heap[left]].deadline < slots[heap[right]].deadline
    }

    private mutating func swap(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        slots[heap[left]].position = left
        slots[heap[right]].position = right
    }
}
