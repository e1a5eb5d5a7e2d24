import Platform

/// Results as one page of HTML that needs nothing else.
package struct ResultsPage {
    let results: Results
    private let groups: [WorkloadGroup]

    package init(_ results: Results) {
        self.results = results
        groups = WorkloadGroup.groups(results.measurements, results.ratios)
    }

    package var text: String {
        "<!DOCTYPE html>\n"
            + Markup.element("html", ["lang": "en"]) {
                Markup.element("head") { head }
                Markup.element("body") { body }
            }.source + "\n"
    }

    package func write(to path: String) throws(BenchError) {
        try BenchError.of(.file, "write \(path)") {
            try File.replace(path, with: text.utf8Span.span, durably: false)
        }
    }
}

extension ResultsPage {
    /// No script runs and nothing is loaded from anywhere: a browser sees to it.
    static let policy =
        ["script", "img", "font", "connect", "media", "object", "frame", "worker", "manifest"]
        .map { "\($0)-src 'none'" }.joined(separator: "; ")
        + "; base-uri 'none'; form-action 'none'"

    private var head: Markup {
        Markup([
            .element("meta", ["charset": "utf-8"]),
            .element(
                "meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
            .element(
                "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .element("meta", ["name": "color-scheme", "content": "light dark"]),
            .element("title") { title },
            .element("style") { Markup(trusted: Self.style) },
        ])
    }

    private var title: String {
        "weft bench" + (results.facts["date"].map { ", \($0.prefix(10))" } ?? "")
    }

    private var suites: [String] {
        groups.map(\.suite).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private var body: Markup {
        Markup([
            .element("header") {
                Markup.element("h1") { "weft bench" }
                Markup.element("p", ["class": "lead"]) { summary }
                navigation
            },
            .element("main") {
                notes
                suites.enumerated().map { section($1, $0) }
                method
                facts
            },
        ])
    }

    private var summary: String {
        let rounds = results.measurements.flatMap(\.figures).map(\.estimate.rounds.count)
        let most = rounds.max() ?? 0
        let machine = [results.facts["processor"], results.facts["kernel"].map { "Linux \($0)" }]
        return
            ([
                "\(results.measurements.count) things measured in up to \(most) rounds each",
                "\(results.ratios.count) ratios",
            ] + machine.compactMap(\.self)).joined(separator: " · ")
    }

    private var navigation: Markup {
        .element("nav", ["aria-label": "Contents"]) {
            suites.enumerated().map { index, suite in
                Markup.element("a", ["href": "#suite-\(index)"]) { suite }
            }
            Markup.element("a", ["href": "#method"]) { "method" }
            Markup.element("a", ["href": "#machine"]) { "machine" }
        }
    }

    private func section(_ suite: String, _ index: Int) -> Markup {
        .element("section", ["id": "suite-\(index)"]) {
            Markup.element("h2") { suite }
            groups.filter { $0.suite == suite }.enumerated().map { number, group in
                WorkloadSection(group: group, prefix: "w\(index)-\(number)").markup
            }
        }
    }
}
