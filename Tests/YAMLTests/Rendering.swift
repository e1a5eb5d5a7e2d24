import YAML

extension YAMLNode {
    /// The value in one line, with a letter for what a scalar was taken for.
    var rendered: String {
        switch kind {
        case .sequence: "[" + elements.map(\.rendered).joined(separator: " ") + "]"
        case .mapping:
            "{" + pairs.map { "\($0.key.text):\($0.value.rendered)" }.joined(separator: " ") + "}"
        case .null: "null"
        case .bool: bool.map { "\($0)" } ?? "?"
        case .integer: integer.map { "\($0)" } ?? "?"
        case .number: "~\(text)"
        case .text: "'\(text)'"
        }
    }
}

/// What a stream holds: each document rendered, or its error.
func read(_ text: String) -> [String] {
    YAMLStream(text.utf8.span).documents.map { document in
        switch document {
        case .success(let document): document.root.rendered
        case .failure(let error): "! \(error)"
        }
    }
}

/// The only document of a text.
func root(_ text: String) throws -> YAMLNode {
    let documents = YAMLStream(text.utf8.span).documents
    guard documents.count == 1 else { throw YAMLError(line: 0, column: 0, problem: "not one") }
    return try documents[0].get().root
}
