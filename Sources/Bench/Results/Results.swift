/// All that one run of benchmarks found.
package struct Results: Hashable, Sendable {
    package var facts: Facts
    package var measurements: [Measurement] = []
    package var ratios: [Ratio] = []
    /// What a reader must know: a peer that is missing, a feature the kernel lacks.
    package var notes: [String] = []

    package init(_ facts: Facts) { self.facts = facts }
}

/// Where, when and with what a run was made; names and values, as a reader sees them.
package struct Facts: Hashable, Sendable {
    package var rows: [Row] = []

    package struct Row: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init() {}
}

/// One thing that was measured, in all of its rounds.
package struct Measurement: Hashable, Sendable {
    package let identity: Identity
    package let figures: [Figure]
    /// The durations of all rounds together; empty where single durations are not known.
    package let histogram: Histogram

    package init(_ identity: Identity, _ figures: [Figure], _ histogram: Histogram = Histogram()) {
        self.identity = identity
        self.figures = figures
        self.histogram = histogram
    }

    package subscript(quantity: String) -> Estimate? {
        figures.first { $0.quantity.name == quantity }?.estimate
    }
}

package struct Figure: Hashable, Sendable {
    package let quantity: Quantity
    package let estimate: Estimate

    package init(_ quantity: Quantity, _ estimate: Estimate) {
        self.quantity = quantity
        self.estimate = estimate
    }
}

/// How many times a quantity of another measurement in the same rounds one is.
package struct Ratio: Hashable, Sendable {
    package let subject: Identity
    package let baseline: Identity
    package let quantity: Quantity
    package let estimate: Estimate

    package init(
        of subject: Identity, to baseline: Identity, _ quantity: Quantity, _ estimate: Estimate
    ) {
        self.subject = subject
        self.baseline = baseline
        self.quantity = quantity
        self.estimate = estimate
    }
}
