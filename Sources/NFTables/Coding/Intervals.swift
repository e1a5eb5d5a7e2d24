import Netlink

/// Joins what a set of intervals stores, begins and ends apart, into elements with both.
enum Intervals {
    static func join(_ stored: [StoredElement]) -> [Element] {
        // At the same key an end closes the interval before the one that begins there.
        let sorted = stored.sorted {
            $0.element.key == $1.element.key
                ? $0.isIntervalEnd && !$1.isIntervalEnd : $0.element.key < $1.element.key
        }
        var elements = [Element]()
        var isOpen = false
        for item in sorted where !item.element.isCatchAll {
            if isOpen, let last = elements.indices.last {
                close(&elements[last], before: item.element.key)
            }
            // An end that closes nothing is nft's mark for "nothing below the first interval".
            if !item.isIntervalEnd { elements.append(item.element) }
            isOpen = !item.isIntervalEnd
        }
        if isOpen, let last = elements.indices.last { close(&elements[last], before: nil) }
        return elements + sorted.filter(\.element.isCatchAll).map(\.element)
    }

    private static func close(_ element: inout Element, before end: Value?) {
        let last = end.map(\.predecessor) ?? element.key.largest
        element.keyEnd = last == element.key ? nil : last
    }
}

extension Value {
    /// The next number of the same size, in network byte order; nil after the largest.
    var successor: Value? {
        var bytes = self.bytes.copied()
        for index in bytes.indices.reversed() {
            bytes[index] &+= 1
            if bytes[index] != 0 { return Value(bytes) }
        }
        return nil
    }

    /// The number before, in network byte order; the largest before zero.
    var predecessor: Value {
        var bytes = self.bytes.copied()
        for index in bytes.indices.reversed() {
            bytes[index] &-= 1
            if bytes[index] != UInt8.max { break }
        }
        return Value(bytes)
    }

    /// The largest number of the same size.
    var largest: Value { Value([UInt8](repeating: .max, count: count)) }
}
