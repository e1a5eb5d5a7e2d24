/// All nodes of a document: three arrays, whatever its shape.
final class NodeTree: Sendable {
    let records: [NodeRecord]
    /// The elements of each sequence, the keys and values of each mapping, each in one stretch.
    let children: [Int32]
    /// The texts of all scalars.
    let text: [UInt8]

    init(records: [NodeRecord], children: [Int32], text: [UInt8]) {
        self.records = records
        self.children = children
        self.text = text
    }
}

/// One node: where it was written, and its stretch of `text` or of `children`.
struct NodeRecord: Sendable {
    var kind: YAMLNode.Kind
    var isQuoted: Bool
    var line: Int32
    var column: Int32
    var start: Int32
    var count: Int32

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    var place: YAMLPlace { YAMLPlace(line: Int(line), column: Int(column)) }

    init(_ kind: YAMLNode.Kind, isQuoted: Bool = false, _ place: YAMLPlace, _ range: Range<Int>) {
        self.kind = kind
        self.isQuoted = isQuoted
        line = Int32(clamping: place.line)
        column = Int32(clamping: place.column)
        start = Int32(range.lowerBound)
        count = Int32(range.count)
    }
}

extension YAMLNode.Kind {
    var isCollection: Bool { self == .sequence || self == .mapping }
}

extension String {
    /// A copy of bytes that libyaml has checked to be UTF-8.
    init(copying bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else {
            self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
            return
        }
        self.init(copying: text)
    }
}

extension Span<UInt8> {
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    func isEqual(to word: StaticString) -> Bool {
        isEqual(to: "\(word)".utf8.span)
    }
}
