/// The elements of a set without intervals: the kernel's hash tables and bitmap.
struct KeyedElements: ElementStorage {
    private var elements: [Value: FakeElement] = [:]

    var count: Int { elements.count }
    var all: [FakeElement] { elements.values.sorted { $0.serial < $1.serial } }

    mutating func insert(_ element: FakeElement) -> Insertion {
        if let existing = elements[element.key] { return .exists(existing) }
        elements[element.key] = element
        return .added
    }

    mutating func remove(_ element: FakeElement) -> FakeElement? {
        elements.removeValue(forKey: element.key)
    }

    mutating func removeAll() -> [FakeElement] {
        let removed = all
        elements.removeAll()
        return removed
    }

    mutating func takeBack(_ element: FakeElement) { elements[element.key] = nil }

    mutating func putBack(_ element: FakeElement) { elements[element.key] = element }

    mutating func update(_ element: FakeElement) {
        if elements[element.key]?.serial == element.serial { elements[element.key] = element }
    }

    mutating func commit() {}

    mutating func removeExpired(at now: UInt64) -> [FakeElement] {
        let expired = elements.values.filter { $0.isExpired(at: now) }
        for element in expired { elements[element.key] = nil }
        return expired
    }
}
