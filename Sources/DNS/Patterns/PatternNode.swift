/// A part of a regular expression.
indirect enum PatternNode: Hashable, Sendable {
    case empty
    case byte(ByteSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?, isGreedy: Bool)
    case group(PatternNode, index: Int)
    case assertion(Assertion)

    enum Assertion: Hashable, Sendable {
        case start, end, lineStart, lineEnd, wordBoundary, noWordBoundary
    }
}

/// A set of bytes.
struct ByteSet: Hashable, Sendable {
    private var low: UInt128 = 0
    private var high: UInt128 = 0

    init() {}

    init(_ byte: UInt8) { insert(byte) }

    init(_ range: ClosedRange<UInt8>) { insert(range) }

    init(ascii text: String) { text.utf8.forEach { insert($0) } }

    func contains(_ byte: UInt8) -> Bool {
        (byte < 128 ? low >> UInt128(byte) : high >> UInt128(byte - 128)) & 1 == 1
    }

    mutating func insert(_ byte: UInt8) {
        if byte < 128 { low |= 1 << UInt128(byte) } else { high |= 1 << UInt128(byte - 128) }
    }

    mutating func insert(_ range: ClosedRange<UInt8>) { range.forEach { insert($0) } }

    mutating func formUnion(_ other: ByteSet) {
        low |= other.low
        high |= other.high
    }

    var inverted: ByteSet {
        var result = self
        (result.low, result.high) = (~low, ~high)
        return result
    }

    /// With the other case of each ASCII letter.
    var ignoringCase: ByteSet {
        var result = self
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            let capital = letter & ~0x20
            if contains(letter) { result.insert(capital) }
            if contains(capital) { result.insert(letter) }
        }
        return result
    }

    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    static let lower = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
    static let upper = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    static let spaces = ByteSet(ascii: " \t\n\r\u{c}")
    static let anything = ByteSet(0...255)
    static let newline = ByteSet(UInt8(ascii: "\n"))

    static func union(_ sets: ByteSet...) -> ByteSet {
        sets.reduce(into: ByteSet()) { $0.formUnion($1) }
    }

    static let wordBytes = union(digits, lower, upper, ByteSet(UInt8(ascii: "_")))
}
