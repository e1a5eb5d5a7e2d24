/// One document of a stream.
package struct YAMLDocument: Sendable {
    package let root: YAMLNode
    /// Keys that were there already, in the order of the text: the last one's value counts.
    package let repeatedKeys: [YAMLError]

    /// Whether nothing stands between the separators but comments.
    package var isEmpty: Bool { root.kind == .null && root.text.isEmpty }
}

/// What was read from a text that holds any number of documents.
package struct YAMLStream: Sendable {
    /// Each document, or why it cannot be used; the others do not suffer from its error.
    package let documents: [Result<YAMLDocument, YAMLError>]
    /// Whether the end was reached: behind a syntax error, the last result, nothing can be read.
    package let isComplete: Bool
}

extension YAMLStream {
    /// A text above this size is refused as a whole.
    package static let sizeLimit = 64 << 20
    /// Collections in each other; deeper ones are refused, so that no reader exhausts its stack.
    package static let depthLimit = 128
    /// The values of one document with each alias counted as all it stands for.
    ///
    /// A few lines of aliases to aliases could otherwise stand for billions.
    package static let nodeLimit = 2_000_000

    /// Reads UTF-8, or UTF-16 with its mark; a mapping that has a key twice is an error of its
    /// document unless keys may repeat.
    package init(_ text: Span<UInt8>, allowingRepeatedKeys allowsRepeats: Bool = false) {
        guard text.count <= Self.sizeLimit else {
            let error = YAMLError(
                line: 1, column: 1,
                problem: "the text has \(text.count) bytes, and \(Self.sizeLimit) are the most")
            self.init(documents: [.failure(error)], isComplete: false)
            return
        }
        self = unsafe text.withUnsafeBufferPointer { bytes in
            var events = unsafe EventParser(bytes)
            return Self(&events, allowsRepeats)
        }
    }

    private init(_ events: inout EventParser, _ allowsRepeats: Bool) {
        var documents: [Result<YAMLDocument, YAMLError>] = []
        do throws(YAMLError) {
            while let document = try Composer.document(&events, allowsRepeats) {
                documents.append(document)
            }
            self.init(documents: documents, isComplete: true)
        } catch {
            self.init(documents: documents + [.failure(error)], isComplete: false)
        }
    }
}
