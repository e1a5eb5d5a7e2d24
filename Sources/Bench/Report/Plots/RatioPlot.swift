/// Ratios with their intervals, a line for each, beside the line where both are the same.
struct RatioPlot {
    let title: String
    let better: Quantity.Direction
    let groups: [Group]

    /// The ratios of one thing to one other, in several circumstances.
    struct Group {
        /// Empty where the labels of the rows say all.
        let title: String
        let rows: [Row]
    }

    struct Row {
        let label: String
        let estimate: Estimate
    }

    static let head = 18.0
    static let titleHeight = 13.0
    static let rowHeight = 16.0
    private static let gap = 7.0
    private static let foot = 22.0
    /// How wide a letter is at the size of labels.
    private static let letter = 5.8
    private static let longestLabel = 170.0
    private static let valueWidth = 104.0
    /// Where nothing differs more, so much of either side is seen.
    private static let leastSpan = 1.1
}

extension RatioPlot {
    func drawing(_ identifier: String) -> Drawing {
        let scale = scale
        return Drawing(
            identifier: identifier, title: title, description: description,
            height: bottom + Self.foot,
            content: Markup([
                axis(scale), directions(scale), Markup(groupMarkup(scale)),
            ]), kind: "ratios")
    }

    /// The upper edges of the title and the rows of each group.
    var places: [(title: Double, rows: [Double])] {
        var place = Self.head
        return groups.map { group in
            let title = place
            place += Double(group.titleLines.count) * Self.titleHeight
            if !group.title.isEmpty { place += Self.gap / 2 }
            let rows = group.rows.indices.map { place + Double($0) * Self.rowHeight }
            place += Double(group.rows.count) * Self.rowHeight
            if !group.title.isEmpty { place += Self.gap }
            return (title, rows)
        }
    }

    var bottom: Double { (places.last?.rows.last ?? Self.head) + Self.rowHeight }

    private var scale: Scale {
        let labels = groups.flatMap(\.rows).map { Double($0.shortLabel.count) * Self.letter + 14 }
        let left = min(max(labels.max() ?? 0, 12), Self.longestLabel)
        return .logarithmic(
            seen + [Self.leastSpan, 1 / Self.leastSpan], from: left,
            to: PlotFrame.width - Self.valueWidth)
    }

    /// The values that decide what the axis shows: a few that are far away would leave no room for
    /// what the others differ in, and become arrows.
    private var seen: [Double] {
        let estimates = groups.flatMap(\.rows).map(\.estimate)
        let near = estimates.filter { Self.near.contains($0.low) && Self.near.contains($0.high) }
        let shown = near.count * 3 >= estimates.count * 2 ? near : estimates
        return shown.flatMap { [$0.value, $0.low, $0.high] }
    }

    private static let near = 0.6...1.67
}

extension RatioPlot.Group {
    /// Where each group has one row only that says nothing else, they are one group.
    static func flattened(_ groups: [Self]) -> [Self] {
        let isFlat = groups.allSatisfy { group in
            group.rows.count == 1 && group.rows[0].label.isEmpty && group.title.count <= longestRow
        }
        guard isFlat, !groups.isEmpty else { return groups }
        return [
            Self(
                title: "",
                rows: groups.flatMap { group in
                    group.rows.map { RatioPlot.Row(label: group.title, estimate: $0.estimate) }
                })
        ]
    }

    private static var longestRow: Int { 22 }

    /// A title too long for a line is cut where the baseline begins.
    var titleLines: [String] {
        if title.isEmpty { return [] }
        guard title.count > Self.longestTitle, let place = title.lastIndex(of: "÷") else {
            return [title]
        }
        return [String(title[..<place]), String(title[place...])]
    }

    private static var longestTitle: Int { 60 }
}

extension RatioPlot.Row {
    /// What there is room for; the value beside it says which one it is.
    var shortLabel: String {
        label.count <= Self.longest ? label : label.prefix(Self.longest - 1) + "…"
    }

    private static var longest: Int { 28 }
}
