/// Lines with aligned columns.
package struct Table: Hashable, Sendable {
    /// The widths of the first two columns; the third one ends the line.
    private let widths: [Int]

    private static let titles = ["What", "Must hold", "Measured"]

    init(subjects: [String], expectations: [String]) {
        widths = zip(Self.titles, [subjects, expectations]).map { title, texts in
            (texts + [title]).map(\.count).max() ?? 0
        }
    }
}

extension Table {
    var head: String {
        let titles = "   " + padded(Self.titles)
        return
            "\(titles)\n   \(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))"
            + "  " + String(repeating: "─", count: Self.titles[2].count)
    }

    func row(_ line: Line) -> String {
        "\(line.holds ? "✓" : "✗")  " + padded([line.subject, line.expectation, line.measured])
    }

    private func padded(_ texts: [String]) -> String {
        texts.enumerated().map { index, text in
            guard index < widths.count else { return text }
            return text + String(repeating: " ", count: max(0, widths[index] - text.count))
        }.joined(separator: "  ")
    }
}

extension [Line] {
    /// The lines as Markdown has a table.
    package var markdown: String {
        "| what | must hold | measured |\n|---|---|---|\n"
            + map { line in
                let mark = line.holds ? "" : " ✗"
                return "| \(line.subject) | \(line.expectation) | \(line.measured)\(mark) |\n"
            }.joined()
    }
}
