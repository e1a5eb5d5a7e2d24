/// A word of a Corefile: text between white space, or between quotes.
struct Word: Hashable, Sendable {
    let text: String
    let place: CorefilePlace
    /// Whether it is the first of its line.
    var startsLine: Bool
    /// A word in quotes is never a brace or a keyword.
    let isQuoted: Bool
}

extension Word {
    var opensBlock: Bool { isPlain("{") }
    var closesBlock: Bool { isPlain("}") }
    /// Whether other words are to stand here in its place.
    var imports: Bool { startsLine && isPlain("import") }

    /// The name in `(name)`, which defines words to import.
    var snippetName: String? {
        guard startsLine, !isQuoted, text.hasPrefix("("), text.hasSuffix(")"), text.count > 2 else {
            return nil
        }
        return String(text.dropFirst().dropLast())
    }

    private func isPlain(_ expected: String) -> Bool { !isQuoted && text == expected }
}

/// Words between quotes, for messages.
func quoted(_ text: String) -> String {
    // What would break the line of a log, or fill it, is not repeated.
    let shown = text.unicodeScalars.prefix(64).map { $0.value < 0x20 ? "?" : String($0) }
    return "\"\(shown.joined())\(text.unicodeScalars.count > 64 ? "…" : "")\""
}
