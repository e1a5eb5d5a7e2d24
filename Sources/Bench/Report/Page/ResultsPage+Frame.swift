/// What is on the page besides the suites.
extension ResultsPage {
    var notes: Markup { results.notes.isEmpty ? Markup([]) : noteList }

    private var noteList: Markup {
        .element("aside", ["class": "notes"]) {
            Markup.element("h2") { "Notes" }
            Markup.element("ul") {
                results.notes.map { note in Markup.element("li") { note } }
            }
        }
    }

    var method: Markup {
        .element("section", ["id": "method"]) {
            Markup.element("h2") { "How it was measured" }
            Self.methodParagraphs.map { text in Markup.element("p") { text } }
        }
    }

    private static let methodParagraphs = [
        """
        Everything was measured on one machine, in network namespaces. Things that are compared \
        were measured by turns within the same run, every second turn in reverse order, so that \
        what drifts on the machine meets all of them alike; a first turn warmed up and does not \
        count.
        """,
        """
        A figure is the median of its rounds. The interval behind it holds the true median with a \
        certainty of at least 95 %, whatever the distribution of the rounds, if there are six \
        rounds or more; with fewer it reaches from the smallest round to the largest, and is less \
        certain. A ratio is the median of the ratios of rounds of the same turn: what both had to \
        suffer at that time is not in it.
        """,
        """
        Distributions hold the durations of all rounds. Their buckets are at most 0.8 % wide, and \
        a curve ends where fewer than ten durations are left. The axis of shares gives each nine \
        the same room.
        """,
        """
        Ratios compare programs and machines; absolute figures are this machine's, on that day.
        """,
    ]

    var facts: Markup {
        .element("section", ["id": "machine"]) {
            Markup.element("h2") { "Machine" }
            Markup.element("dl") {
                results.facts.rows.map { row in
                    Markup.element("div") {
                        Markup.element("dt") { row.name }
                        Markup.element("dd") { row.value }
                    }
                }
            }
        }
    }
}
