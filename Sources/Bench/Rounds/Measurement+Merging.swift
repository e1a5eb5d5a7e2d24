extension Measurement {
    /// The same with more rounds, of another sitting.
    package func merged(with other: Measurement) -> Measurement {
        var histogram = histogram
        histogram.merge(other.histogram)
        let figures = figures.map { figure in
            let more = other[figure.quantity.name]?.rounds ?? []
            return Figure(figure.quantity, Estimate(rounds: figure.estimate.rounds + more))
        }
        return Measurement(identity, figures, histogram)
    }
}
