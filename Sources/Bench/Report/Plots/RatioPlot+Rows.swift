/// The axis of ratios, and what is drawn beside it.
extension RatioPlot {
    func axis(_ scale: Scale) -> Markup {
        Markup(PlotFrame.spaced([1] + scale.ticks, scale).map { tick($0, scale) })
    }

    private func tick(_ tick: Double, _ scale: Scale) -> Markup {
        let place = scale.position(tick)
        return Markup([
            .element(
                "path",
                [
                    "class": tick == 1 ? "one tick" : "grid tick", "data-axis": "x",
                    "data-value": "\(tick)", "d": line(at: place.coordinate),
                ]),
            .text(tick.shortText, x: place, y: bottom + 14, anchor: "middle"),
        ])
    }

    /// Down all rows, but not through titles.
    private func line(at place: String) -> String {
        places.map { title, rows in
            let (first, last) = (rows.first ?? title, (rows.last ?? title) + Self.rowHeight)
            return "M\(place) \(first.coordinate)V\(last.coordinate)"
        }.joined()
    }

    func directions(_ scale: Scale) -> Markup {
        let words = better == .less ? ("◂ better", "worse ▸") : ("◂ worse", "better ▸")
        return Markup([
            .text(words.0, x: scale.start, y: Self.head - 7, anchor: "start", style: "hint"),
            .text(words.1, x: scale.end, y: Self.head - 7, anchor: "end", style: "hint"),
        ])
    }
}

extension RatioPlot {
    func groupMarkup(_ scale: Scale) -> [Markup] {
        zip(groups, places).map { group, places in
            Markup([
                title(group, places.title),
                Markup(
                    zip(group.rows, places.rows).map { row, place in
                        markup(row, in: group, scale, middle: place + Self.rowHeight / 2)
                    }),
            ])
        }
    }

    private func title(_ group: Group, _ top: Double) -> Markup {
        Markup(
            group.titleLines.enumerated().map { index, line in
                .text(
                    line, x: 0, y: top + 11 + Double(index) * Self.titleHeight, anchor: "start",
                    style: "group")
            })
    }

    private func markup(
        _ row: Row, in group: Group, _ scale: Scale, middle: Double
    ) -> Markup {
        let data: Markup.Attributes = [
            "data-series": group.title, "data-row": row.label,
            "data-value": "\(row.estimate.value)", "data-low": "\(row.estimate.low)",
            "data-high": "\(row.estimate.high)",
        ]
        let style = verdict(row.estimate)
        return Markup([
            .text(row.shortLabel, x: 8, y: middle + 3.5, anchor: "start"),
            Self.whisker(row.estimate, scale, middle, style, data),
            Self.mark(row.estimate.value, scale, middle, style, data),
            .text(
                row.estimate.ratioText, x: PlotFrame.width - 2, y: middle + 3.5, anchor: "end",
                style: "value"),
        ])
    }

    /// A mark is hollow where the interval holds the one.
    private func verdict(_ estimate: Estimate) -> String {
        if estimate.low <= 1, estimate.high >= 1 { return "same" }
        return (estimate.value < 1) == (better == .less) ? "better" : "worse"
    }

    private static func whisker(
        _ estimate: Estimate, _ scale: Scale, _ y: Double, _ style: String,
        _ data: Markup.Attributes
    ) -> Markup {
        let ends = [estimate.low, estimate.high].map {
            scale.position(scale.nearest($0)).coordinate
        }
        let path = "M\(ends[0]) \((y - 3).coordinate)v6m0 -3H\(ends[1])m0 -3v6"
        return .element("path", ["class": "whisker \(style)", "d": path], more: data)
    }

    /// A circle, or at an end of the axis an arrow to what is beyond it.
    private static func mark(
        _ value: Double, _ scale: Scale, _ y: Double, _ style: String, _ data: Markup.Attributes
    ) -> Markup {
        let x = scale.position(scale.nearest(value))
        let isSeen = scale.nearest(value) == value
        return .element(
            "path",
            [
                "class": "mark \(style)\(isSeen ? "" : " beyond")",
                "d": isSeen ? circle(x, y) : arrow(x, y, isLeft: value < 1),
            ], more: data)
    }

    private static func circle(_ x: Double, _ y: Double) -> String {
        let r = SeriesStyle.radius
        return "M\((x - r).coordinate) \(y.coordinate)a\(r) \(r) 0 1 0 \(2 * r) 0"
            + "a\(r) \(r) 0 1 0 \(-2 * r) 0z"
    }

    private static func arrow(_ x: Double, _ y: Double, isLeft: Bool) -> String {
        let size = 5.0
        let side = isLeft ? -size : size
        return "M\(x.coordinate) \((y - size).coordinate)v\(2 * size)l\(side) \(-size)z"
    }
}

extension RatioPlot {
    var description: String {
        groups.map { group in
            "\(group.title): "
                + group.rows.map { "\($0.label) \($0.estimate.ratioText)" }.joined(separator: ", ")
        }.joined(separator: "; ")
    }
}
