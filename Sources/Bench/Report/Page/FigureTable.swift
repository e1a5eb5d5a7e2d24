/// All figures of a workload: a row for each measurement, a column for each quantity.
struct FigureTable {
    let group: WorkloadGroup

    var markup: Markup {
        let quantities = group.quantities
        let largest = quantities.map { quantity in
            group.measurements.compactMap { $0[quantity.name]?.value }.max() ?? 0
        }
        return .element("div", ["class": "wide", "tabindex": "0"]) {
            Markup.element("table") {
                Markup.element("thead") { head(quantities) }
                Markup.element("tbody") {
                    group.measurements.map { row($0, quantities, largest) }
                }
            }
        }
    }

    private func head(_ quantities: [Quantity]) -> Markup {
        .element("tr") {
            Markup.element("th", ["scope": "col"]) { "what" }
            quantities.map { quantity in
                Markup.element("th", ["scope": "col"]) {
                    quantity.title
                    Markup.element("small") {
                        quantity.better == .less ? " less is better" : " more is better"
                    }
                }
            }
        }
    }

    private func row(
        _ measurement: Measurement, _ quantities: [Quantity], _ largest: [Double]
    ) -> Markup {
        .element("tr") {
            Markup.element("th", ["scope": "row"]) { group.labels[measurement.identity] }
            zip(quantities, largest).map { quantity, largest in
                cell(measurement, quantity, largest)
            }
        }
    }

    private func cell(
        _ measurement: Measurement, _ quantity: Quantity, _ largest: Double
    ) -> Markup {
        guard let estimate = measurement[quantity.name] else {
            return .element("td", ["class": "none"]) { "—" }
        }
        return .element(
            "td",
            [
                "data-quantity": quantity.name, "data-value": "\(estimate.value)",
                "data-low": "\(estimate.low)", "data-high": "\(estimate.high)",
            ]
        ) {
            quantity.text(estimate)
            bar(estimate, largest)
            group.ratios(of: measurement.identity, quantity).map { ratio in
                Markup.element("small") { ratio.text }
            }
        }
    }

    private func bar(_ estimate: Estimate, _ largest: Double) -> Markup {
        let share = largest > 0 ? max(0, min(1, estimate.value / largest)) : 0
        return .element(
            "svg",
            [
                "class": "bar", "viewBox": "0 0 100 4", "preserveAspectRatio": "none",
                "aria-hidden": "true",
            ]
        ) {
            Markup.element("path", ["class": "room", "d": "M0 2H100"])
            Markup.element("path", ["class": "full", "d": "M0 2H\((share * 100).coordinate)"])
        }
    }
}
