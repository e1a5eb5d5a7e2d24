/// Makes broken messages and texts out of good ones; a seed decides how.
package struct Mutator: Sendable {
    /// Longer results are cut, so that repeated doubling stays affordable.
    package static let maximumLength = 1 << 16

    var random: SeededGenerator

    package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A mutator for one of many independent cases of a seed.
    package init(seed: UInt64, case index: UInt64) {
        random = SeededGenerator(seed: seed, case: index)
    }

    /// The input after one to eight mutations, most often after few.
    package mutating func mutate(_ input: [UInt8], corpus: [[UInt8]]) -> [UInt8] {
        var bytes = input
        for _ in 0..<(1 << random.below(4)) { mutateOnce(&bytes, corpus: corpus) }
        if bytes.count > Self.maximumLength { bytes.removeSubrange(Self.maximumLength...) }
        return bytes
    }

    /// A corpus entry after mutation; an empty corpus counts as one empty entry.
    package mutating func mutant(of corpus: [[UInt8]]) -> [UInt8] {
        mutate(corpus.isEmpty ? [] : corpus[random.below(corpus.count)], corpus: corpus)
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8], corpus: [[UInt8]]) {
        let kind = Kind.allCases[random.below(Kind.allCases.count)]
        if bytes.isEmpty, kind.needsBytes { return insert(into: &bytes) }
        switch kind {
        case .flipBit: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        case .setByte: bytes[random.below(bytes.count)] = UInt8(random.below(256))
        case .addToByte: add(to: &bytes)
        case .integer: setInteger(in: &bytes)
        case .truncate: bytes.removeSubrange(random.below(bytes.count)...)
        case .remove: bytes.removeSubrange(range(in: bytes))
        case .duplicate: duplicate(in: &bytes)
        case .swap: swap(in: &bytes)
        case .insert: insert(into: &bytes)
        case .splice: splice(into: &bytes, corpus: corpus)
        case .crossOver: crossOver(&bytes, corpus: corpus)
        }
    }
}

extension Mutator {
    enum Kind: CaseIterable {
        case flipBit, setByte, addToByte, integer, truncate, remove, duplicate, swap, insert
        case splice, crossOver

        var needsBytes: Bool {
            switch self {
            case .insert, .splice, .crossOver: false
            default: true
            }
        }
    }
}
