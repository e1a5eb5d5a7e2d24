/// The plots of one workload in one setting.
struct WorkloadPlots {
    let group: WorkloadGroup
    let setting: Panel

    /// A plot that only lacks its identifier.
    typealias Plot = (String) -> Drawing

    private func style(_ variant: String) -> SeriesStyle {
        SeriesStyle(group.variants.firstIndex(of: variant) ?? 0)
    }

    /// Those quantities of the setting that are not zero everywhere.
    private var quantities: [Quantity] {
        group.quantities.filter { quantity in
            setting.measurements.contains { ($0[quantity.name]?.high ?? 0) != 0 }
        }
    }
}

extension WorkloadPlots {
    /// One for each quantity.
    var ratios: [Plot] {
        let identities = Set(setting.measurements.map(\.identity))
        let all = group.ratios.filter { identities.contains($0.subject) }
        return quantities.compactMap { quantity in
            let groups = groups(all.filter { $0.quantity == quantity })
            if groups.isEmpty { return nil }
            return RatioPlot(
                title: "\(quantity.title.capitalizedFirst), as ratios", better: quantity.better,
                groups: groups
            ).drawing
        }
    }

    /// Ratios of the same two things in several circumstances belong together.
    private func groups(_ ratios: [Ratio]) -> [RatioPlot.Group] {
        var titles: [String] = []
        var rows: [String: [RatioPlot.Row]] = [:]
        for ratio in ratios {
            let title = title(ratio)
            if rows[title] == nil { titles.append(title) }
            rows[title, default: []].append(
                RatioPlot.Row(label: rowLabel(ratio.subject), estimate: ratio.estimate))
        }
        let groups = titles.map { RatioPlot.Group(title: $0, rows: rows[$0] ?? []) }
        return RatioPlot.Group.flattened(groups)
    }

    /// What is compared with what: `cluster-ip · weft ÷ direct`.
    private func title(_ ratio: Ratio) -> String {
        let subject = group.variant(of: ratio.subject)
        let variant = group.variant(of: ratio.baseline)
        let others = ratio.baseline.circumstances.filter {
            !$0.isVariant && !ratio.subject.circumstances.contains($0)
        }
        let words = (variant == subject && !others.isEmpty ? [] : [variant]) + others.map(\.text)
        return "\(subject) ÷ \(words.joined(separator: " · "))"
    }

    /// The circumstances that are neither the variant's nor those of the whole setting.
    private func rowLabel(_ identity: Identity) -> String {
        identity.circumstances.filter {
            !$0.isVariant && !group.common.contains($0) && !setting.circumstances.contains($0)
        }.map(\.text).joined(separator: " · ")
    }
}

extension WorkloadPlots {
    /// One for each quantity and each number that was varied.
    var costs: [Plot] {
        group.growths.flatMap { growth in
            Panel.panels(setting.measurements) {
                $0.number != nil && $0.name != growth && !group.common.contains($0)
            }.flatMap { panel in quantities.compactMap { cost($0, growth, panel) } }
        }
    }

    private func cost(_ quantity: Quantity, _ growth: String, _ panel: Panel) -> Plot? {
        let series = group.variants.compactMap { variant in
            self.series(variant, quantity, growth, panel)
        }
        guard series.contains(where: { $0.points.count > 1 }) else { return nil }
        let place = panel.title.isEmpty ? "" : ", \(panel.title)"
        return CostPlot(
            title: "\(quantity.title.capitalizedFirst) by number of \(growth)\(place)",
            quantity: quantity, growth: growth, series: series
        ).drawing
    }

    private func series(
        _ variant: String, _ quantity: Quantity, _ growth: String, _ panel: Panel
    ) -> CostPlot.Series? {
        var points: [(number: Double, estimate: Estimate)] = []
        var constant: Estimate?
        for measurement in panel.measurements
        where group.variant(of: measurement.identity) == variant {
            guard let estimate = measurement[quantity.name] else { continue }
            let circumstance = measurement.identity.circumstances.first { $0.name == growth }
            if let number = circumstance?.number {
                points.append((number, estimate))
            } else {
                constant = estimate
            }
        }
        if points.isEmpty, constant == nil { return nil }
        return CostPlot.Series(
            label: variant, style: style(variant), points: points.sorted { $0.number < $1.number },
            constant: constant)
    }
}

extension WorkloadPlots {
    /// One for all whose durations are comparable.
    var distributions: [Plot] {
        let measured = setting.measurements.filter { $0.histogram.count > 0 }
        let variants = Set(measured.map { group.variant(of: $0.identity) })
        let panels = Panel.panels(measured) {
            variants.count > 1 && $0.number != nil && !group.common.contains($0)
        }
        return panels.map { panel in
            let place = panel.title.isEmpty ? "" : ", \(panel.title)"
            return DistributionPlot(
                title: "Durations\(place)", curves: curves(panel, areVariants: variants.count > 1)
            ).drawing
        }
    }

    /// Where there is but one variant, what is told apart is how much of something there is.
    private func curves(_ panel: Panel, areVariants: Bool) -> [DistributionPlot.Curve] {
        panel.measurements.enumerated().map { index, measurement in
            let variant = group.variant(of: measurement.identity)
            let label = rowLabel(measurement.identity)
            return DistributionPlot.Curve(
                label: areVariants || label.isEmpty ? variant : label,
                style: areVariants ? style(variant) : SeriesStyle(index),
                histogram: measurement.histogram)
        }
    }
}

extension String {
    /// As a title begins.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
