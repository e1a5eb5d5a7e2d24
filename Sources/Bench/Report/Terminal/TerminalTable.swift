/// What was measured, as lines for a terminal: a table for each workload.
package enum TerminalTable {
    private static let barColumns = 24

    package static func text(_ measurements: [Measurement], _ ratios: [Ratio]) -> String {
        WorkloadGroup.groups(measurements, ratios).map(text).joined(separator: "\n").harmless
    }

    /// All tables, with what a reader must know and where it was measured.
    package static func text(_ results: Results) -> String {
        let notes = results.notes.map { "Note: \($0)\n" }
        let facts = Columns.text(results.facts.rows.map { [$0.name, $0.value] }, indented: 0)
        let parts = [text(results.measurements, results.ratios), notes.joined(), facts]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n").harmless
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
                group.labels[row.identity],
                Bar.text(row.estimate.value, of: largest, columns: barColumns),
                quantity.text(row.estimate),
                group.ratios(of: row.identity, quantity).map(\.text).joined(separator: "  "),
            ]
        }
        return "  \(quantity.title)\n" + Columns.text(cells, indented: 4)
    }
}

extension Ratio {
    /// How many times the baseline it is: `1.20 × direct [1.17–1.23]`.
    var text: String {
        estimate.ratioText(to: Labels.label(of: baseline, besides: subject))
    }
}
