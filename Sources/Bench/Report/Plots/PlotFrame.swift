/// The axes of a plot, and the room that is left for what they measure.
struct PlotFrame {
    let x: Scale
    let y: Scale
    /// How a tick of an axis is written.
    let xText: (Double) -> String
    let yText: (Double) -> String

    /// All plots are as wide, as wide as a phone.
    static let width = 360.0
    static let height = 234.0
    static let left = 56.0
    static let right = 346.0
    static let top = 12.0
    static let bottom = 204.0

    /// Ticks that are nearer to each other would not be readable.
    private static let narrowest = 34.0
}

extension PlotFrame {
    /// The lines of a grid with what they stand for; ticks carry their values to be read back.
    func markup(xTicks: [Double]? = nil) -> Markup {
        Markup([
            Markup(y.ticks.map(row)), Markup(Self.spaced(xTicks ?? x.ticks, x).map(column)),
            .element(
                "path", ["class": "axis", "d": "M\(Self.left) \(Self.bottom)H\(Self.right)"]),
        ])
    }

    private func row(_ tick: Double) -> Markup {
        let place = y.position(tick)
        return Markup([
            .element(
                "path",
                [
                    "class": "grid tick", "data-axis": "y", "data-value": "\(tick)",
                    "d": "M\(Self.left) \(place.coordinate)H\(Self.right)",
                ]),
            .text(yText(tick), x: Self.left - 6, y: place + 3.5, anchor: "end"),
        ])
    }

    private func column(_ tick: Double) -> Markup {
        let place = x.position(tick)
        return Markup([
            .element(
                "path",
                [
                    "class": "grid tick", "data-axis": "x", "data-value": "\(tick)",
                    "d": "M\(place.coordinate) \(Self.top)V\(Self.bottom)",
                ]),
            .text(xText(tick), x: place, y: Self.bottom + 15, anchor: "middle"),
        ])
    }

    static func spaced(_ ticks: [Double], _ scale: Scale) -> [Double] {
        var kept: [Double] = []
        for tick in ticks {
            let place = scale.position(tick)
            if kept.allSatisfy({ (scale.position($0) - place).magnitude >= narrowest }) {
                kept.append(tick)
            }
        }
        return kept
    }
}

extension Markup {
    /// A word in a drawing.
    static func text(
        _ text: String, x: Double, y: Double, anchor: String, style: String = "label"
    ) -> Markup {
        .element(
            "text",
            ["class": style, "x": x.coordinate, "y": y.coordinate, "text-anchor": anchor]
        ) { text }
    }
}
