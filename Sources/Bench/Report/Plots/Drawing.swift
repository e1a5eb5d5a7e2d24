/// A plot as it stands on the page: a title, the drawing, and which mark is what.
struct Drawing {
    /// Unlike that of any other on the page.
    let identifier: String
    let title: String
    /// What one sees, for whoever does not.
    let description: String
    var height = PlotFrame.height
    let content: Markup
    var legend: [(label: String, style: SeriesStyle)] = []
    /// What kind of plot it is, for whoever reads it back.
    let kind: String
}

extension Drawing {
    var markup: Markup {
        .element("figure", ["class": "plot \(kind)", "id": identifier]) {
            Markup.element("figcaption") { title }
            Markup.element(
                "svg",
                [
                    "viewBox": "0 0 \(PlotFrame.width.coordinate) \(height.coordinate)",
                    "role": "img", "aria-labelledby": "\(identifier)-t \(identifier)-d",
                ]
            ) {
                Markup.element("title", ["id": "\(identifier)-t"]) { title }
                Markup.element("desc", ["id": "\(identifier)-d"]) { description }
                content
            }
            if !legend.isEmpty {
                Markup.element("ul", ["class": "legend"]) { legend.map(Self.entry) }
            }
        }
    }

    private static func entry(_ label: String, _ style: SeriesStyle) -> Markup {
        .element("li") {
            Markup.element(
                "svg", ["viewBox": "0 0 26 12", "class": "key", "aria-hidden": "true"]
            ) {
                Markup.element(
                    "path",
                    [
                        "class": "curve \(style.colour)", "d": "M0 6H26",
                        "stroke-dasharray": style.dash,
                    ])
                style.mark(13, 6)
            }
            label
        }
    }
}
