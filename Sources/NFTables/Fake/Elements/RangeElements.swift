import Platform

/// The elements of a set of intervals over several keys: the kernel's pipapo.
///
/// The kernel looks both corners of a new element up and lets it in if neither is in another one,
/// so an element around existing ones goes in. A deletion takes what the first corner is found in.
struct RangeElements: ElementStorage {
    /// In the order of insertion, in which the kernel finds them.
    private var elements: [FakeElement] = []
    /// Where each part of a key lies, its padding left out.
    private let parts: [Range<Int>]

    init(_ key: ValueType) {
        var start = 0
        parts = zip(key.parts, key.partLengths).map { part, length in
            defer { start += length }
            return start..<start + part.length
        }
    }

    var count: Int { elements.count }
    var all: [FakeElement] { elements }

    mutating func insert(_ element: FakeElement) -> Insertion {
        let last = element.keyEnd ?? element.key
        if let existing = find(element.key) {
            let isSame = existing.key == element.key && (existing.keyEnd ?? existing.key) == last
            return isSame ? .exists(existing) : .overlaps
        }
        if find(last) != nil { return .overlaps }
        for part in parts where compare(element.key, last, part) > 0 { return .refused(.invalid) }
        elements.append(element)
        return .added
    }

    mutating func remove(_ element: FakeElement) -> FakeElement? {
        guard let index = elements.firstIndex(where: { contains($0, element.key) }) else {
            return nil
        }
        return elements.remove(at: index)
    }

    mutating func removeAll() -> [FakeElement] {
        defer { elements.removeAll() }
        return elements
    }

    mutating func takeBack(_ element: FakeElement) {
        elements.removeAll { $0.serial == element.serial }
    }

    mutating func putBack(_ element: FakeElement) {
        let index = elements.firstIndex { $0.serial > element.serial } ?? elements.count
        elements.insert(element, at: index)
    }

    mutating func update(_ element: FakeElement) {
        guard let index = elements.firstIndex(where: { $0.serial == element.serial }) else {
            return
        }
        elements[index] = element
    }

    mutating func commit() {}

    mutating func removeExpired(at now: UInt64) -> [FakeElement] {
        let expired = elements.filter { $0.isExpired(at: now) }
        elements.removeAll { $0.isExpired(at: now) }
        return expired
    }
}

extension RangeElements {
    private func find(_ key: Value) -> FakeElement? { elements.first { contains($0, key) } }

    private func contains(_ element: FakeElement, _ key: Value) -> Bool {
        let last = element.keyEnd ?? element.key
        return parts.allSatisfy {
            compare(element.key, key, $0) <= 0 && compare(key, last, $0) <= 0
        }
    }

    /// Negative, zero or positive, as the one part is smaller, the same or larger.
    private func compare(_ left: Value, _ right: Value, _ part: Range<Int>) -> Int {
        for index in part where left[index] != right[index] {
            return Int(left[index]) - Int(right[index])
        }
        return 0
    }
}
