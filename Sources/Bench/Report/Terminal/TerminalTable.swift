/// What was measured, as lines for a terminal: a table for each workload.
package enum TerminalTable {
    private static let barColumns = 24

    package static func text(_ measurements: [Measurement], _ ratios: [Ratio]) -> String {
        WorkloadGroup.groups(measurements, ratios).map(text).joined(separator: "\n")
    }

    private static func text(_ group: WorkloadGroup) -> String {
        let common = group.common.map(\.text).joined(separator: " · ")
        let head = group.title + (common.isEmpty ? "" : "  (\(common))")
        return head + "\n" + group.quantities.map { block(group, $0) }.joined()
    }

    /// The lines of one quantity, whose bars are to one scale.
    private static func block(_ group: WorkloadGroup, _ quantity: Quantity) -> String {
        let rows = group.measurements.compactMap { measurement in
            measurement[quantity.name].map { (identity: measurement.identity, estimate: $0) }
        }
        let largest = rows.map(\.estimate.value).max() ?? 0
        let cells = rows.map { row in
            [
                group.label(of: row.identity),
                Bar.text(row.estimate.value, of: largest, columns: barColumns),
                quantity.text(row.estimate),
                group.ratios(of: row.identity, quantity).map(\.text).joined(separator: "  "),
            ]
        }
        return "  \(quantity.title)\n" + aligned(cells)
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let widths = [0, 1, 2].map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
            }
            let line = "    " + (cells + [row[3]]).joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}

extension Ratio {
    /// How many times the baseline it is: `1.20 × direct [1.17–1.23]`.
    var text: String {
        let baseline = WorkloadGroup.label(of: baseline, besides: subject)
        return estimate.ratioText.replacing("×", with: "× \(baseline)")
    }
}
