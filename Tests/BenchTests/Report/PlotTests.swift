import JSON
import Testing

@testable import Bench

@Suite(.enabled(if: Browser.path != nil, "there is no Chromium here"))
struct `Plots as a browser draws them` {
    private let page = ResultsPage(SampleResults.results)

    /// A mark is drawn to the hundredth; this is a fiftieth of its size.
    private static let tolerance = 0.15

    /// What a mark says.
    private struct Said: Hashable {
        let series: String
        let x: Double
        let value: Double
        var low = 0.0
        var high = 0.0
    }

    private func said(_ mark: JSONValue) -> Said {
        Said(
            series: mark["series"].string ?? "", x: mark["x"].number ?? .nan,
            value: mark["value"].number ?? .nan, low: mark["low"].number ?? 0,
            high: mark["high"].number ?? 0)
    }

    private func series(_ variant: Int) -> String {
        let (service, program, _) = SampleResults.variants[variant]
        return "\(service) · \(program)"
    }

    private func near(_ one: Double, _ other: Double) -> Bool {
        (one - other).magnitude < Self.tolerance
    }

    private func measured(_ identity: Identity) throws -> Measurement {
        try #require(SampleResults.results.measurements.first { $0.identity == identity })
    }
}

extension `Plots as a browser draws them` {
    @Test func `show what things cost by number of services, with intervals`() throws {
        let plots = try SeenPlot.read("cost", page)
        // Two families, and three quantities that are not all zero.
        #expect(plots.count == 6)
        for (family, plot) in zip(["v4", "v6"], plots.filter { $0.title.hasPrefix("Median") }) {
            #expect(plot.title == "Median by number of services")
            var expected: Set<Said> = []
            for variant in SampleResults.variants.indices {
                for services in SampleResults.services {
                    let identity = SampleResults.identity(variant, family, services)
                    let estimate = try #require(try measured(identity)["p50"])
                    expected.insert(
                        Said(
                            series: series(variant), x: Double(services), value: estimate.value,
                            low: estimate.low, high: estimate.high))
                }
            }
            #expect(Set(plot.marks.map(said)) == expected)
            #expect(plot.marks.count == expected.count)
        }
        for plot in plots { try checkPlaces(plot) }
    }

    private func checkPlaces(_ plot: SeenPlot) throws {
        for (mark, whisker) in zip(plot.marks, plot.whiskers) {
            let values = said(mark)
            #expect(said(whisker) == values)
            let x = try plot.place(values.x, "x", .logarithmic) + (mark["shift"].number ?? .nan)
            #expect(near(mark["box"].middle("x"), x))
            #expect(near(whisker["box"].middle("x"), x))
            #expect(near(mark["box"].middle("y"), try plot.place(values.value, "y", .linear)))
            #expect(near(whisker["box"].corner("y"), try plot.place(values.high, "y", .linear)))
            #expect(near(whisker["box"].end("y"), try plot.place(values.low, "y", .linear)))
        }
    }

    @Test func `show the distributions of all durations`() throws {
        let plots = try SeenPlot.read("distribution", page)
        #expect(plots.count == 6)
        let places = SampleResults.families.flatMap { family in
            SampleResults.services.map { (family, $0) }
        }
        for ((family, services), plot) in zip(places, plots) {
            var expected: Set<Said> = []
            for variant in SampleResults.variants.indices {
                let histogram = try measured(
                    SampleResults.identity(variant, family, services)
                ).histogram
                for share in [0.5, 0.9, 0.99] {
                    let value = histogram.percentile(share)
                    expected.insert(Said(series: series(variant), x: share, value: value))
                }
            }
            #expect(Set(plot.marks.map(said)) == expected, "\(plot.title)")
            for mark in plot.marks {
                let values = said(mark)
                let x = try plot.place(values.x, "x", .nines)
                let y = try plot.place(values.value, "y", .logarithmic)
                #expect(near(mark["box"].middle("x"), x))
                #expect(near(mark["box"].middle("y"), y))
            }
        }
    }

    @Test func `show ratios beside the line where both are the same`() throws {
        let plots = try SeenPlot.read("ratios", page)
        // Three quantities of two families, and two of names.
        #expect(plots.count == 8)
        let expected = SampleResults.results.ratios.map(\.estimate).map {
            [$0.value, $0.low, $0.high]
        }
        let seen = plots.flatMap(\.marks).map(said).map { [$0.value, $0.low, $0.high] }
        #expect(Set(seen) == Set(expected))
        #expect(seen.count == expected.count)
        for plot in plots {
            let one = try #require(plot.ticks.first { $0["value"].number == 1 })
            #expect(near(one["box"].corner("x"), try plot.place(1, "x", .logarithmic)))
            for (mark, whisker) in zip(plot.marks, plot.whiskers) { try check(mark, whisker, plot) }
        }
    }

    private func check(_ mark: JSONValue, _ whisker: JSONValue, _ plot: SeenPlot) throws {
        let values = said(mark)
        let places = try [values.value, values.low, values.high].map {
            try plot.place($0, "x", .logarithmic)
        }
        let one = try plot.place(1, "x", .logarithmic)
        let kind = mark["kind"].string ?? ""
        if kind.hasSuffix("beyond") {
            // At the edge, on the right side of the line.
            #expect((mark["box"].middle("x") < one) == (values.value < 1))
            #expect((places[0] - one).magnitude > (mark["box"].middle("x") - one).magnitude)
        } else {
            #expect(near(mark["box"].middle("x"), places[0]))
            #expect(near(whisker["box"].corner("x"), places[1]))
            #expect(near(whisker["box"].end("x"), places[2]))
        }
        let isSame = values.low <= 1 && values.high >= 1
        #expect(kind.contains("same") == isSame)
    }
}

extension `Plots as a browser draws them` {
    @Test func `stand beside tables with the same figures`() throws {
        let cells = try Browser().read(
            page,
            script: "[...page.querySelectorAll('td[data-quantity]')].map(cell => cell.dataset)")
        let seen = cells.elements.map {
            [$0["value"].number ?? .nan, $0["low"].number ?? .nan, $0["high"].number ?? .nan]
        }
        let expected = SampleResults.results.measurements.flatMap(\.figures).map(\.estimate)
        #expect(seen == expected.map { [$0.value, $0.low, $0.high] })
    }

    /// What one must scroll sideways for, how small words are, and what was loaded.
    private static let fit = """
        ({
          width: page.documentElement.scrollWidth,
          smallest: Math.min(...[...page.querySelectorAll("svg text")].map(
            text => text.getBoundingClientRect().height)),
          beyond: [...page.querySelectorAll("figure > svg")].flatMap(drawing =>
            [...drawing.querySelectorAll("text")].filter(text => {
              const inner = text.getBoundingClientRect(), outer = drawing.getBoundingClientRect();
              return inner.left < outer.left - 1 || inner.right > outer.right + 1;
            }).map(text => text.textContent)),
          loaded: view.performance.getEntriesByType("resource").length,
        })
        """

    @Test(arguments: [390, 820, 1200])
    func `fit a phone, a tablet and a screen`(width: Int) throws {
        let seen = try Browser(width: width).read(page, script: Self.fit)
        #expect(seen["width"].number ?? .infinity <= Double(width))
        #expect(seen["smallest"].number ?? 0 >= 9)
        #expect(seen["beyond"].elements == [])
        #expect(seen["loaded"].number == 0)
    }

    @Test func `cut words for which there is no room`() throws {
        let circumstances = ["endpoints", "connections", "flows"].map {
            Identity.Circumstance($0, "10000")
        }
        let programs = ["a-program-with-a-name-as-long-as-a-line", "another-one-with-a-long-name"]
        let identities = programs.map {
            Identity("path", "connect", [.init("program", $0)] + circumstances)
        }
        var results = Results(Facts())
        // What has nothing in common with the others leaves them all their circumstances.
        results.add(
            (identities + [Identity("path", "connect", [])]).map {
                Measurement($0, [Figure(.p50, .spread(around: 123_456))])
            },
            [Ratio(of: identities[0], to: identities[1], .p50, .spread(around: 99.4))])
        let seen = try Browser(width: 390).read(ResultsPage(results), script: Self.fit)
        #expect(seen["width"].number ?? .infinity <= 390)
        #expect(seen["beyond"].elements == [])
    }

    /// The colours of words and marks, and of what is behind them.
    private static let colours = """
        ({
          ground: view.getComputedStyle(page.body).backgroundColor,
          card: view.getComputedStyle(page.querySelector("figure")).backgroundColor,
          words: ["body", ".lead", "small", "summary", "dt", "nav a"].map(
            name => view.getComputedStyle(page.querySelector(name)).color),
          labels: ["text.label", "text.group", "text.value", "text.hint"].map(
            name => view.getComputedStyle(page.querySelector(name)).fill),
          marks: ["s0", "s1", "s2", "better", "worse"].map(
            name => view.getComputedStyle(page.querySelector(".mark." + name)).fill),
        })
        """

    @Test(arguments: [false, true])
    func `are told from their ground in both colour schemes`(isDark: Bool) throws {
        let seen = try Browser(isDark: isDark).read(page, script: Self.colours)
        let ground = try #require(Colour(seen["ground"].string))
        let card = try #require(Colour(seen["card"].string))
        #expect((ground.luminance < 0.05) == isDark)
        for word in seen["words"].elements {
            #expect(try #require(Colour(word.string)).contrast(to: ground) >= 4.5)
        }
        for label in seen["labels"].elements {
            #expect(try #require(Colour(label.string)).contrast(to: card) >= 4.5)
        }
        for mark in seen["marks"].elements {
            #expect(try #require(Colour(mark.string)).contrast(to: card) >= 3)
        }
    }
}
