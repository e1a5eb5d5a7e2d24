/// What each round gave, for whoever wants to see how steady a figure was.
struct RoundTable {
    let group: WorkloadGroup

    private static let stripHeight = 16.0
    private static let stripStep = 5.0

    var markup: Markup {
        .element("div", ["class": "wide", "tabindex": "0"]) {
            Markup.element("table", ["class": "rounds"]) {
                Markup.element("thead") {
                    Markup.element("tr") {
                        ["what", "quantity", "rounds", "", "each round in its turn"].map { title in
                            Markup.element("th", ["scope": "col"]) { title }
                        }
                    }
                }
                Markup.element("tbody") {
                    group.measurements.flatMap { measurement in
                        measurement.figures.map { row(measurement.identity, $0) }
                    }
                }
            }
        }
    }

    private func row(_ identity: Identity, _ figure: Figure) -> Markup {
        let rounds = figure.estimate.rounds
        let shown = ShownUnit(for: figure.estimate.value, of: figure.quantity.unit)
        let numbers = rounds.map { shown.number($0, like: figure.estimate.value) }
        return .element("tr") {
            Markup.element("th", ["scope": "row"]) { group.labels[identity] }
            Markup.element("td") { figure.quantity.title }
            Markup.element("td") { "\(rounds.count)" }
            Markup.element("td") { strip(rounds) }
            Markup.element("td", ["class": "numbers"]) {
                numbers.joined(separator: "  ") + shown.suffix
            }
        }
    }

    /// A dot for each round, the lowest at the bottom.
    private func strip(_ rounds: [Double]) -> Markup {
        let (low, high) = (rounds.min() ?? 0, rounds.max() ?? 0)
        let dots = rounds.enumerated().map { index, value in
            let share = high > low ? (value - low) / (high - low) : 0.5
            let y = 2 + (1 - share) * (Self.stripHeight - 4)
            return "M\((Double(index) * Self.stripStep + 3).coordinate) \(y.coordinate)h0"
        }
        let width = Double(rounds.count) * Self.stripStep + 2
        return .element(
            "svg",
            [
                "class": "strip", "width": width.coordinate, "height": "\(Self.stripHeight)",
                "aria-hidden": "true",
            ]
        ) {
            Markup.element("path", ["d": dots.joined()])
        }
    }
}
