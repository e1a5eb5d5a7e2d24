import JSON
import Testing

@testable import Bench

@Suite struct `The page of results` {
    private let text = ResultsPage(SampleResults.results).text

    @Test func `escapes all that it did not write itself`() {
        #expect(!text.contains("<script"))
        #expect(text.contains("&lt;script&gt;alert('no')&lt;/script&gt; &amp; a &quot;note&quot;"))
        #expect(text.contains("weft bench path &lt;&amp;&gt; &quot;quoted&quot;"))
        let markup = Markup.element("a", ["title": "\"><b>"]) { "<\u{0}\u{1B}é\n" }
        #expect(markup.source == "<a title=\"&quot;&gt;&lt;b&gt;\">&lt;\u{FFFD}\u{FFFD}é\n</a>")
    }

    @Test func `needs nothing from elsewhere, and says so to the browser`() {
        #expect(
            text.contains("http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; "))
        for word in ["http://", "https://", "url(", "@import", "src=", "<link", "<script"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func `is for phones, for both colour schemes, and for those who hear it`() {
        #expect(text.contains("name=\"viewport\""))
        #expect(text.contains("prefers-color-scheme: dark"))
        #expect(text.contains("<html lang=\"en\">"))
        let plots = text.split(separator: "<figure").count - 1
        #expect(plots > 10)
        #expect(text.split(separator: "role=\"img\"").count - 1 == plots)
        #expect(text.split(separator: "<desc").count - 1 == plots)
    }

    @Test func `gives each identifier once`() {
        let identifiers = text.split(separator: " id=\"").dropFirst().map {
            $0.prefix { $0 != "\"" }
        }
        #expect(Set(identifiers).count == identifiers.count)
    }

    @Test func `has every figure, every round and every fact`() {
        for group in WorkloadGroup.groups(SampleResults.results.measurements, []) {
            for figure in group.measurements.flatMap(\.figures) {
                #expect(text.contains(figure.quantity.text(figure.estimate)))
                #expect(text.contains("data-value=\"\(figure.estimate.value)\""))
            }
        }
        for row in SampleResults.results.facts.rows {
            #expect(text.contains("<dt>\(row.name)</dt><dd>\(Markup(row.value).source)</dd>"))
        }
        #expect(text.contains("27.0  26.6  27.5  26.1  27.1  26.8  27.4  26.3  27.7  26.5 µs"))
    }

    @Test func `closes every element that it opens`() {
        var open: [Substring] = []
        for piece in text.split(separator: "<").dropFirst() {
            let name = piece.dropFirst(piece.first == "/" ? 1 : 0).prefix {
                $0.isLetter || $0.isNumber
            }
            if piece.first == "/" {
                #expect(open.popLast() == name)
            } else if !["meta", "DOCTYPE"].contains(name) {
                open.append(name)
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `is there though nothing was measured`() {
        let page = ResultsPage(Results(Facts())).text
        #expect(page.contains("0 things measured"))
    }
}
