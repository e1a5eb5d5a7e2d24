extension FakeSet {
    /// How many elements fit; an interval in a plain set takes two.
    var capacity: Int {
        guard let size = set.size else { return .max }
        return Int(size) * (set.splitsIntervals ? 2 : 1)
    }

    mutating func insert(_ element: FakeElement) -> Insertion {
        guard element.isCatchAll else { return elements.insert(element) }
        if let catchAll { return .exists(catchAll) }
        catchAll = element
        return .added
    }

    mutating func remove(_ element: FakeElement) -> FakeElement? {
        element.isCatchAll ? catchAll.take() : elements.remove(element)
    }

    mutating func removeAll() -> [FakeElement] {
        elements.removeAll() + [catchAll.take()].compactMap(\.self)
    }

    mutating func takeBack(_ element: FakeElement) {
        if element.isCatchAll { catchAll = nil } else { elements.takeBack(element) }
        forgetTarget(of: element)
    }

    mutating func putBack(_ element: FakeElement) {
        if element.isCatchAll { catchAll = element } else { elements.putBack(element) }
        if let target = element.target { targets[target, default: 0] += 1 }
    }

    mutating func update(_ element: FakeElement) {
        guard element.isCatchAll else { return elements.update(element) }
        if catchAll?.serial == element.serial { catchAll = element }
    }

    mutating func forgetTarget(of element: FakeElement) {
        guard let target = element.target, let count = targets[target] else { return }
        targets[target] = count > 1 ? count - 1 : nil
    }
}
