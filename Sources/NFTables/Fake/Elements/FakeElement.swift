import Platform

/// An element as the kernel's sets hold it: of an interval in a plain set, a begin or an end.
struct FakeElement: Sendable {
    var key: Value
    var keyEnd: Value?
    var isIntervalEnd = false
    var data: Element.Data?
    /// The timeout that the element itself names.
    var givenTimeout: UInt64?
    /// Milliseconds; 0 for an element that stays.
    var timeout: UInt64 = 0
    var deadline: UInt64?
    var comment: String?
    var expressions: [Expression] = []
    /// Tells elements with the same key apart.
    var serial: UInt64 = 0

    var isCatchAll: Bool { key.count == 0 }

    /// The chain that the element leads to.
    var target: String? {
        guard case .verdict(let verdict) = data else { return nil }
        return verdict.chain
    }
}

extension StoredElement {
    init(_ element: Element, isIntervalEnd: Bool) {
        self.element = element
        self.isIntervalEnd = isIntervalEnd
    }
}

/// What came of putting an element into a set.
enum Insertion {
    case added
    /// There is one with the same key, or the same begin or end.
    case exists(FakeElement)
    /// A part of it is in another element.
    case overlaps
    case refused(Errno)
}

/// How a set holds its elements: the kernel chooses among three structures by the set's flags.
protocol ElementStorage: Sendable {
    /// The elements that the size of the set limits.
    var count: Int { get }
    var all: [FakeElement] { get }

    mutating func insert(_ element: FakeElement) -> Insertion
    /// Removes the element that a deletion of this one means.
    mutating func remove(_ element: FakeElement) -> FakeElement?
    mutating func removeAll() -> [FakeElement]
    /// Undoes an insertion.
    mutating func takeBack(_ element: FakeElement)
    /// Undoes a removal.
    mutating func putBack(_ element: FakeElement)
    /// Replaces an element that is there by a changed one.
    mutating func update(_ element: FakeElement)
    /// Forgets for good what was removed.
    mutating func commit()
    /// Removes and returns what is due.
    mutating func removeExpired(at now: UInt64) -> [FakeElement]
}

extension FakeElement {
    /// The same with another's timeout.
    func living(as other: FakeElement) -> FakeElement {
        var changed = self
        changed.timeout = other.timeout
        changed.deadline = other.deadline
        return changed
    }

    func isExpired(at now: UInt64) -> Bool {
        guard let deadline else { return false }
        return deadline <= now
    }
}
