import Kubernetes

/// Lines of columns as `kubectl` lays them out, three blanks apart.
///
/// Lines that come later keep to the widths there were, and widen them where they must.
struct Table {
    private let columns: [Column]
    private let isWide: Bool
    private let showsNamespace: Bool
    private var widths: [Int]
    private var hasHeader = false

    init(_ columns: [Column], isWide: Bool, showsNamespace: Bool) {
        self.columns = columns
        self.isWide = isWide
        self.showsNamespace = showsNamespace
        widths = []
    }

    private static let gap = 3
}

extension Table {
    /// The lines of some items, the first time below the columns' titles.
    mutating func text(_ items: [Item]) -> String {
        var lines: [[String]] = []
        if !hasHeader { lines.append(line("NAMESPACE", columns.map(\.title))) }
        hasHeader = true
        for item in items {
            lines += item.rows.map { line(item.key.namespace, $0) }
        }
        for line in lines { widen(for: line) }
        return lines.map { aligned($0) + "\n" }.joined()
    }

    private func line(_ namespace: String, _ cells: [String]) -> [String] {
        let shown = zip(columns, cells).filter { isWide || !$0.0.isWide }.map(\.1)
        return (showsNamespace ? [namespace] : []) + shown
    }

    private mutating func widen(for line: [String]) {
        if widths.isEmpty { widths = line.map { _ in 0 } }
        for (index, cell) in line.enumerated() { widths[index] = max(widths[index], cell.count) }
    }

    /// The last column ends the line.
    private func aligned(_ line: [String]) -> String {
        zip(line, widths).enumerated().map { index, cell in
            let (text, width) = cell
            let room = index == line.count - 1 ? 0 : width + Self.gap - text.count
            return text + String(repeating: " ", count: room)
        }.joined()
    }
}
