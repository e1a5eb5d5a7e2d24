extension Results {
    /// Takes over what was measured; what is no number is told in a note instead.
    package mutating func add(_ measured: [Measurement], _ compared: [Ratio]) {
        for measurement in measured {
            let figures = measurement.figures.filter(\.estimate.isFinite)
            for figure in measurement.figures where !figure.estimate.isFinite {
                note("\(measurement.identity): \(figure.quantity.name) is no number")
            }
            measurements.append(
                Measurement(measurement.identity, figures, measurement.histogram))
        }
        for ratio in compared {
            guard ratio.estimate.isFinite else {
                note("\(ratio.subject): the ratio of \(ratio.quantity.name) is no number")
                continue
            }
            ratios.append(ratio)
        }
    }

    /// Once, however often it is told.
    package mutating func note(_ text: String) {
        if !notes.contains(text) { notes.append(text) }
    }
}

extension Estimate {
    /// Whether it can be drawn and written down: a division by zero in one round spoils it.
    var isFinite: Bool { ([value, low, high] + rounds).allSatisfy(\.isFinite) }
}
