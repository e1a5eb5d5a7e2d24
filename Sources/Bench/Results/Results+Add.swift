extension Results {
    /// Takes over what was measured; what is no number is told in a note instead.
    package mutating func add(_ measured: [Measurement], _ compared: [Ratio]) {
        for measurement in measured {
            let figures = measurement.figures.filter(\.estimate.isSound)
            for figure in measurement.figures where !figure.estimate.isSound {
                note("\(measurement.identity): \(figure.quantity.name) is no number")
            }
            measurements.append(
                Measurement(measurement.identity, figures, measurement.histogram))
        }
        for ratio in compared {
            guard ratio.estimate.isSound else {
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
    var isSound: Bool {
        ([value, low, high] + rounds).allSatisfy(\.isFinite) && low <= value && value <= high
    }
}
