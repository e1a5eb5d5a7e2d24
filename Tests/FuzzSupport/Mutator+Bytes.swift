/// The mutations that move or change bytes.
extension Mutator {
    private static let longestInsertion = 16

    /// A stretch of one byte at least; most are short, as fields are.
    mutating func range(in bytes: [UInt8]) -> Range<Int> {
        let start = random.below(bytes.count)
        let limit = bytes.count - start
        let length = 1 + random.below(random.below(4) == 0 ? limit : min(limit, 8))
        return start..<start + length
    }

    mutating func add(to bytes: inout [UInt8]) {
        let change = UInt8(1 + random.below(16))
        let index = random.below(bytes.count)
        if random.below(2) == 0 { bytes[index] &+= change } else { bytes[index] &-= change }
    }

    /// Repeats a stretch right behind itself.
    mutating func duplicate(in bytes: inout [UInt8]) {
        let range = range(in: bytes)
        bytes.insert(contentsOf: Array(bytes[range]), at: range.upperBound)
    }

    mutating func swap(in bytes: inout [UInt8]) {
        let one = range(in: bytes)
        let other = random.below(bytes.count)
        for offset in 0..<min(one.count, bytes.count - other) {
            bytes.swapAt(one.lowerBound + offset, other + offset)
        }
    }

    /// Puts in random bytes, or a run of one byte.
    mutating func insert(into bytes: inout [UInt8]) {
        let count = 1 + random.below(Self.longestInsertion)
        let isRun = random.below(2) == 0
        var byte = UInt8(random.below(256))
        var added: [UInt8] = []
        for _ in 0..<count {
            added.append(byte)
            if !isRun { byte = UInt8(random.below(256)) }
        }
        bytes.insert(contentsOf: added, at: random.below(bytes.count + 1))
    }

    /// Puts in a stretch of another corpus entry.
    mutating func splice(into bytes: inout [UInt8], corpus: [[UInt8]]) {
        guard let other = entry(of: corpus) else { return insert(into: &bytes) }
        bytes.insert(contentsOf: other[range(in: other)], at: random.below(bytes.count + 1))
    }

    /// Keeps the beginning and goes on as another corpus entry does.
    mutating func crossOver(_ bytes: inout [UInt8], corpus: [[UInt8]]) {
        guard let other = entry(of: corpus) else { return insert(into: &bytes) }
        bytes.removeSubrange(random.below(bytes.count + 1)...)
        bytes.append(contentsOf: other[random.below(other.count)...])
    }

    /// An entry that is not empty, nil when there is none or bad luck would have it.
    private mutating func entry(of corpus: [[UInt8]]) -> [UInt8]? {
        guard !corpus.isEmpty else { return nil }
        let entry = corpus[random.below(corpus.count)]
        return entry.isEmpty ? nil : entry
    }
}
