/// What the page says of one workload.
struct WorkloadSection {
    let group: WorkloadGroup
    /// Begins the identifiers of its plots.
    let prefix: String

    /// More plots of distributions than this are there, but not seen at once.
    private static let seenDistributions = 3
    /// A longer table is there, but not seen at once.
    private static let seenRows = 12

    var markup: Markup {
        let settings = group.settings
        return .element("section", ["class": "workload", "id": prefix]) {
            Markup.element("h3") { group.workload }
            if !group.common.isEmpty {
                Markup.element("p", ["class": "common"]) {
                    group.common.map(\.text).joined(separator: " · ")
                }
            }
            settings.enumerated().map { index, setting in
                block(
                    setting, "\(prefix)-\(index)", isAlone: settings.count == 1, isOpen: index == 0)
            }
            folded(
                "All figures: \(group.measurements.count) × \(group.quantities.count)",
                isOpen: group.measurements.count <= Self.seenRows, FigureTable(group: group).markup)
            folded("Every round", isOpen: false, RoundTable(group: group).markup)
        }
    }

    private func block(
        _ setting: Panel, _ prefix: String, isAlone: Bool, isOpen: Bool
    ) -> Markup {
        let plots = WorkloadPlots(group: group, setting: setting)
        let first = (plots.ratios + plots.costs).enumerated().map { $1("\(prefix)-p\($0)").markup }
        let distributions = plots.distributions.enumerated().map { $1("\(prefix)-d\($0)").markup }
        let seen = first + distributions.prefix(Self.seenDistributions)
        let rest = Array(distributions.dropFirst(Self.seenDistributions))
        if seen.isEmpty { return Markup([]) }
        let content = Markup([
            .element("div", ["class": "plots"]) { seen },
            rest.isEmpty
                ? Markup([])
                : folded(
                    "\(rest.count) more distributions", isOpen: false,
                    .element("div", ["class": "plots"]) { rest }),
        ])
        return isAlone ? content : folded(setting.title, isOpen: isOpen, content)
    }

    private func folded(_ title: String, isOpen: Bool, _ content: Markup) -> Markup {
        .element("details", isOpen ? ["open": ""] : [:]) {
            Markup.element("summary") { title }
            content
        }
    }
}
