/// A value in a document, with the place it was written at.
///
/// What an alias stands for is the very node of its anchor, and says the anchor's place.
package struct YAMLNode: Sendable {
    let tree: NodeTree
    let index: Int32

    /// What a value is, as Kubernetes' reader of YAML would turn it into JSON.
    package enum Kind: UInt8, Hashable, Sendable {
        case null, bool, integer, number, text, sequence, mapping
    }
}

extension YAMLNode {
    private var record: NodeRecord { tree.records[Int(index)] }

    package var kind: Kind { record.kind }
    package var isQuoted: Bool { record.isQuoted }
    package var place: YAMLPlace {
        YAMLPlace(line: Int(record.line), column: Int(record.column))
    }

    /// What a scalar says, without quotes and escapes; empty for a sequence or mapping.
    package var text: String { withUTF8 { String(copying: $0) } }

    /// The bytes of a scalar's text, without a copy.
    package func withUTF8<Value, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let range = kind.isCollection ? 0..<0 : record.range
        let text = tree.text
        return try body(text.span.extracting(range))
    }

    /// The text of a value that is text; nil for every other kind.
    package var string: String? { kind == .text ? text : nil }

    package var bool: Bool? {
        guard kind == .bool else { return nil }
        return withUTF8 { ScalarResolution.isTrue($0) }
    }

    /// A whole number that fits, whichever way it was written; nil for every other kind.
    package var integer: Int64? {
        guard kind == .integer else { return nil }
        return withUTF8 { ScalarResolution.integer($0) }
    }

    /// The elements of a sequence; none for every other kind.
    package var elements: YAMLElements {
        YAMLElements(tree: tree, range: kind == .sequence ? record.range : 0..<0)
    }

    /// The pairs of a mapping in the order they were written; none for every other kind.
    package var pairs: YAMLPairs {
        YAMLPairs(tree: tree, range: kind == .mapping ? record.range : 0..<0)
    }

    /// The value of a key of a mapping.
    package subscript(_ key: String) -> YAMLNode? {
        pairs.first { $0.key.withUTF8 { $0.isEqual(to: key.utf8.span) } }?.value
    }
}

/// Where something stands in a text, counted from one, as editors do.
package struct YAMLPlace: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// The elements of a sequence.
package struct YAMLElements: RandomAccessCollection, Sendable {
    let tree: NodeTree
    let range: Range<Int>

    package var startIndex: Int { 0 }
    package var endIndex: Int { range.count }

    package subscript(position: Int) -> YAMLNode {
        YAMLNode(tree: tree, index: tree.children[range.lowerBound + position])
    }
}

/// The keys and values of a mapping.
package struct YAMLPairs: RandomAccessCollection, Sendable {
    let tree: NodeTree
    let range: Range<Int>

    package var startIndex: Int { 0 }
    package var endIndex: Int { range.count / 2 }

    package subscript(position: Int) -> (key: YAMLNode, value: YAMLNode) {
        let first = range.lowerBound + 2 * position
        return (
            YAMLNode(tree: tree, index: tree.children[first]),
            YAMLNode(tree: tree, index: tree.children[first + 1])
        )
    }
}
