/// The elements of a set of intervals with one key: the kernel's red-black tree of bare ends.
///
/// The kernel tells an overlap by a new end's neighbours alone. So an interval around an open one
/// goes in, and a deletion may hit the begin of one interval and miss an end.
struct IntervalElements: ElementStorage {
    /// Ascending; of one key the ends before the begins, as an end closes what is below it.
    private var ends: [End] = []
    private var elements: [UInt64: FakeElement] = [:]
    private var removed = 0
    /// The begin met last, to which the next end has to belong.
    private var lastBegin: UInt64?
    private let isAnonymous: Bool

    private struct End {
        let key: Value
        let isEnd: Bool
        let serial: UInt64
        /// Removed in this transaction; it still takes its place.
        var isRemoved = false
    }

    init(isAnonymous: Bool) { self.isAnonymous = isAnonymous }

    var count: Int { ends.count - removed }
    var all: [FakeElement] { ends.compactMap { $0.isRemoved ? nil : elements[$0.serial] } }
}

extension IntervalElements {
    mutating func insert(_ element: FakeElement) -> Insertion {
        let (below, above) = neighbours(of: element)
        if !element.isIntervalEnd { lastBegin = nil }
        if let above, matches(above, element) { return existing(above) }
        if let below, matches(below, element) {
            return belongsToLastBegin(below) ? existing(below) : .overlaps
        }
        if overlaps(element, below, above) { return .overlaps }
        ends.insert(
            End(key: element.key, isEnd: element.isIntervalEnd, serial: element.serial),
            at: place(of: element))
        elements[element.serial] = element
        return .added
    }

    private func matches(_ index: Int, _ element: FakeElement) -> Bool {
        ends[index].key == element.key && ends[index].isEnd == element.isIntervalEnd
    }

    private mutating func existing(_ index: Int) -> Insertion {
        if !ends[index].isEnd { lastBegin = ends[index].serial }
        return elements[ends[index].serial].map { .exists($0) } ?? .overlaps
    }

    private func overlaps(_ element: FakeElement, _ below: Int?, _ above: Int?) -> Bool {
        if let below, !ends[below].isEnd, !element.isIntervalEnd {
            // An anonymous set may leave the end out where the next interval begins.
            guard isAnonymous else { return true }
            if below + 1 < ends.count, ends[below + 1].isEnd { return true }
        }
        guard element.isIntervalEnd else { return false }
        return [below, above].contains { $0.map { ends[$0].isEnd } ?? false }
    }

    /// The closest end or begin at or below the key, and the closest at or above it.
    private func neighbours(of element: FakeElement) -> (below: Int?, above: Int?) {
        var above: Int?
        var index = firstToCompare(with: element.key)
        while index >= 0 {
            defer { index -= 1 }
            let end = ends[index]
            if end.isRemoved { continue }
            if end.key < element.key { return (index, above) }
            if end.key == element.key {
                if end.isEnd { return (index, above) }
                let hasEqual = above.map { ends[$0].key == element.key } ?? false
                if hasEqual, element.isIntervalEnd { continue }
            }
            above = index
        }
        return (nil, above)
    }

    /// The last of those with the next larger key, from where the kernel looks downwards.
    private func firstToCompare(with key: Value) -> Int {
        let larger = firstIndex { $0.key > key }
        guard larger < ends.count else { return ends.count - 1 }
        return firstIndex { $0.key > ends[larger].key } - 1
    }

    /// Behind the ends and before the begins of the same key.
    private func place(of element: FakeElement) -> Int {
        firstIndex { $0.key > element.key || ($0.key == element.key && !$0.isEnd) }
    }

    private func firstIndex(where isBehind: (End) -> Bool) -> Int {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(ends[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension IntervalElements {
    mutating func remove(_ element: FakeElement) -> FakeElement? {
        if !element.isIntervalEnd { lastBegin = nil }
        guard let index = index(where: element, { !$0.isRemoved }) else { return nil }
        if !ends[index].isEnd {
            lastBegin = ends[index].serial
        } else if !belongsToLastRemovedBegin(index) {
            return nil
        }
        ends[index].isRemoved = true
        removed += 1
        return elements[ends[index].serial]
    }

    /// Whether the begin below an end is the one met last, if one was.
    private mutating func belongsToLastBegin(_ end: Int) -> Bool {
        guard let begin = lastBegin else { return true }
        lastBegin = nil
        guard let below = ends[..<end].lastIndex(where: { !$0.isRemoved }) else { return false }
        return !ends[below].isEnd && ends[below].serial == begin
    }

    private mutating func belongsToLastRemovedBegin(_ end: Int) -> Bool {
        guard let begin = lastBegin else { return true }
        lastBegin = nil
        guard end > 0 else { return false }
        let below = ends[end - 1]
        return below.isRemoved && !below.isEnd && below.serial == begin
    }

    private func index(where element: FakeElement, _ isMeant: (End) -> Bool) -> Int? {
        var index = firstIndex { $0.key >= element.key }
        while index < ends.count, ends[index].key == element.key {
            if ends[index].isEnd == element.isIntervalEnd, isMeant(ends[index]) { return index }
            index += 1
        }
        return nil
    }

    mutating func removeAll() -> [FakeElement] {
        let present = all
        for index in ends.indices { ends[index].isRemoved = true }
        removed = ends.count
        return present
    }

    mutating func takeBack(_ element: FakeElement) {
        guard let index = index(where: element, { $0.serial == element.serial }) else { return }
        ends.remove(at: index)
        elements[element.serial] = nil
    }

    mutating func putBack(_ element: FakeElement) {
        guard let index = index(where: element, { $0.serial == element.serial }) else { return }
        ends[index].isRemoved = false
        removed -= 1
    }

    mutating func update(_ element: FakeElement) {
        if elements[element.serial] != nil { elements[element.serial] = element }
    }

    mutating func commit() {
        lastBegin = nil
        guard removed > 0 else { return }
        for end in ends where end.isRemoved { elements[end.serial] = nil }
        ends.removeAll(where: \.isRemoved)
        removed = 0
    }

    mutating func removeExpired(at now: UInt64) -> [FakeElement] {
        var expired = [FakeElement]()
        for index in ends.indices.reversed() {
            guard let element = elements[ends[index].serial], element.isExpired(at: now) else {
                continue
            }
            // An end has no timeout; it goes with its begin.
            if index + 1 < ends.count, ends[index + 1].isEnd { expired += drop(at: index + 1) }
            expired += drop(at: index)
        }
        return expired
    }

    private mutating func drop(at index: Int) -> [FakeElement] {
        [elements.removeValue(forKey: ends.remove(at: index).serial)].compactMap(\.self)
    }
}
