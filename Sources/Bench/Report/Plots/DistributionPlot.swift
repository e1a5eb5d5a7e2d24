import Platform

/// How long the shortest part of all took, for ever larger parts: the tail on the right.
struct DistributionPlot {
    let title: String
    let curves: [Curve]

    struct Curve {
        let label: String
        let style: SeriesStyle
        let histogram: Histogram
        let ranks: Ranks

        init(label: String, style: SeriesStyle, histogram: Histogram) {
            self.label = label
            self.style = style
            self.histogram = histogram
            ranks = Ranks(histogram)
        }
    }

    /// The shares that get a mark.
    private static let marked = [0.5, 0.9, 0.99, 0.999, 0.9999]
    /// Fewer durations than this beyond a point say nothing of it.
    private static let fewest = 10.0
    private static let points = 90
}

extension DistributionPlot.Curve {
    /// The largest share that enough durations are beyond.
    var last: Double {
        max(0.5, 1 - DistributionPlot.fewest / Double(max(1, histogram.count)))
    }
}

extension DistributionPlot {
    func drawing(_ identifier: String) -> Drawing {
        let frame = frame
        return Drawing(
            identifier: identifier, title: title, description: description,
            content: Markup([
                frame.markup(),
                .text(
                    "share of all", x: PlotFrame.right, y: PlotFrame.height - 1, anchor: "end"),
                Markup(curves.map { markup($0, frame) }),
            ]),
            legend: curves.map { ($0.label, $0.style) }, kind: "distribution")
    }

    private var frame: PlotFrame {
        let most = min(curves.map(\.last).max() ?? 0.9, 0.99999)
        let ends = curves.flatMap {
            [$0.ranks[0], $0.ranks[$0.last]]
        }
        return PlotFrame(
            x: Scale(.nines, 0, max(most, 0.9), from: PlotFrame.left, to: PlotFrame.right),
            y: .logarithmic(ends, from: PlotFrame.bottom, to: PlotFrame.top),
            xText: Self.percent, yText: { ShownUnit(for: $0, of: .nanoseconds).tickText($0) })
    }

    /// `99.9 %`, with as many nines as there are.
    private static func percent(_ share: Double) -> String { (share * 100).shortText + " %" }

    private func markup(_ curve: Curve, _ frame: PlotFrame) -> Markup {
        let ends = (frame.x.start, frame.x.position(min(curve.last, frame.x.high)))
        let path = (0...Self.points).map { step in
            let x = ends.0 + (ends.1 - ends.0) * Double(step) / Double(Self.points)
            let share = share(at: x, frame.x)
            let y = frame.y.position(curve.ranks[share])
            return "\(x.coordinate) \(y.coordinate)"
        }
        return Markup([
            .element(
                "path",
                [
                    "class": "curve \(curve.style.colour)", "d": "M" + path.joined(separator: "L"),
                    "stroke-dasharray": curve.style.dash, "data-series": curve.label,
                ]),
            Markup(Self.marked.filter { $0 <= curve.last }.map { mark($0, curve, frame) }),
        ])
    }

    private func mark(_ share: Double, _ curve: Curve, _ frame: PlotFrame) -> Markup {
        let value = curve.ranks[share]
        return curve.style.mark(
            frame.x.position(share), frame.y.position(value),
            [
                "data-series": curve.label, "data-x": "\(share)", "data-value": "\(value)",
            ])
    }

    /// The share at a place of the axis, where each nine is as wide.
    private func share(at place: Double, _ scale: Scale) -> Double {
        let all = -(1 - scale.high).decimalLogarithm
        let nines = (place - scale.start) / (scale.end - scale.start) * all
        return 1 - .power(ofTen: -nines)
    }

    private var description: String {
        curves.map { curve in
            let shares = Self.marked.filter { $0 <= curve.last }.map {
                "\(Self.percent($0)) \(Quantity.p50.text(curve.ranks[$0]))"
            }
            return "\(curve.label): " + shares.joined(separator: ", ")
        }.joined(separator: "; ")
    }
}
