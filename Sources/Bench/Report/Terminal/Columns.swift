/// Lines of columns, which begin at the same place in all of them.
enum Columns {
    /// The last column ends the line; what is missing at its end leaves nothing.
    static func text(_ rows: [[String]], indented: Int) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = String(repeating: " ", count: indented) + cells.joined(separator: "  ")
            return line.dropping(trailing: " ") + "\n"
        }.joined()
    }
}

extension String {
    fileprivate func dropping(trailing character: Character) -> Substring {
        guard let last = lastIndex(where: { $0 != character }) else { return "" }
        return self[...last]
    }

    /// The text without what would steer a terminal: files may come from anywhere.
    var harmless: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    let isControl = scalar.properties.generalCategory == .control
                    return isControl && scalar != "\n" ? "\u{FFFD}" : scalar
                }))
    }
}
