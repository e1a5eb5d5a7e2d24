/// What a quantity is for ever more of something, as of services, with the intervals.
struct CostPlot {
    let title: String
    let quantity: Quantity
    /// What there is more of: `services`.
    let growth: String
    let series: [Series]

    struct Series {
        let label: String
        let style: SeriesStyle
        /// From the smallest number on.
        let points: [(number: Double, estimate: Estimate)]
        /// What does not depend on the number, and is the same all along.
        let constant: Estimate?
    }

    /// How far whiskers of the same number stand from each other.
    private static let gap = 2.5
}

extension CostPlot {
    func drawing(_ identifier: String) -> Drawing {
        let frame = frame
        return Drawing(
            identifier: identifier, title: title, description: description,
            content: Markup([
                frame.markup(xTicks: numbers),
                .text(growth, x: PlotFrame.right, y: PlotFrame.height - 1, anchor: "end"),
                frame.y.shape == .linear
                    ? Markup([])
                    : .text(
                        "logarithmic scale", x: PlotFrame.left + 4, y: PlotFrame.top + 6,
                        anchor: "start"),
                Markup(series.indices.map { markup(series[$0], shift($0), frame) }),
            ]),
            legend: series.map { ($0.label, $0.style) }, kind: "cost")
    }

    private var numbers: [Double] { Set(series.flatMap(\.points).map(\.number)).sorted() }

    /// No two whiskers are drawn over each other.
    private func shift(_ index: Int) -> Double {
        (Double(index) - Double(series.count - 1) / 2) * Self.gap
    }

    private var frame: PlotFrame {
        let estimates = series.flatMap {
            $0.points.map(\.estimate) + ($0.constant.map { [$0] } ?? [])
        }
        let margin = Self.gap * Double(series.count) / 2 + SeriesStyle.radius
        let values = estimates.flatMap { [$0.value, $0.low, $0.high] }
        let y = Scale.amounts(values, from: PlotFrame.bottom, to: PlotFrame.top)
        return PlotFrame(
            x: .numbers(
                numbers, from: PlotFrame.left + margin + 4, to: PlotFrame.right - margin - 4),
            y: y, xText: { $0.text(decimals: 0) }, yText: { tickText($0, y) })
    }

    /// All ticks of even steps have the unit of the largest.
    private func tickText(_ tick: Double, _ scale: Scale) -> String {
        let largest = scale.shape == .linear ? scale.ticks.max() ?? tick : tick
        return ShownUnit(for: largest, of: quantity.unit).tickText(tick)
    }

    private func markup(_ series: Series, _ shift: Double, _ frame: PlotFrame) -> Markup {
        let places = series.points.map { frame.x.position($0.number) + shift }
        let line = zip(places, series.points).map {
            "\($0.coordinate) \(frame.y.position($1.estimate.value).coordinate)"
        }
        return Markup([
            series.constant.map { constant($0, series, frame) } ?? Markup([]),
            line.isEmpty
                ? Markup([]) : Self.curve("M" + line.joined(separator: "L"), series),
            Markup(
                zip(places, series.points).map { place, point in
                    self.point(point, at: place, shift, series, frame)
                }),
        ])
    }

    private static func curve(_ path: String, _ series: Series) -> Markup {
        .element(
            "path",
            [
                "class": "curve \(series.style.colour)", "d": path,
                "stroke-dasharray": series.style.dash, "data-series": series.label,
            ])
    }

    private func constant(_ estimate: Estimate, _ series: Series, _ frame: PlotFrame) -> Markup {
        let place = frame.y.position(estimate.value)
        return Markup([
            Self.curve(
                "M\(PlotFrame.left) \(place.coordinate)H\(PlotFrame.right)", series),
            series.style.mark(
                PlotFrame.right - 6, place,
                ["data-series": series.label, "data-value": "\(estimate.value)"]),
        ])
    }

    private func point(
        _ point: (number: Double, estimate: Estimate), at place: Double, _ shift: Double,
        _ series: Series, _ frame: PlotFrame
    ) -> Markup {
        let data: Markup.Attributes = [
            "data-series": series.label, "data-x": "\(point.number)", "data-shift": "\(shift)",
            "data-value": "\(point.estimate.value)", "data-low": "\(point.estimate.low)",
            "data-high": "\(point.estimate.high)",
        ]
        let ends = [point.estimate.low, point.estimate.high].map(frame.y.position)
        let whisker =
            "M\((place - 3).coordinate) \(ends[0].coordinate)h6m-3 0V\(ends[1].coordinate)m-3 0h6"
        return Markup([
            .element(
                "path", ["class": "whisker \(series.style.colour)", "d": whisker], more: data),
            series.style.mark(place, frame.y.position(point.estimate.value), data),
        ])
    }

    private var description: String {
        series.map { series in
            let points = series.points.map {
                "\($0.number.text(decimals: 0)) \(growth) \(quantity.text($0.estimate))"
            }
            let constant = series.constant.map { [quantity.text($0)] } ?? []
            return "\(series.label): " + (constant + points).joined(separator: ", ")
        }.joined(separator: "; ")
    }
}
