import Testing

/// A question in dig's words, and what has to come of it.
struct BindDigQuestion: Sendable, CustomTestStringConvertible {
    let words: String
    let summary: String
    /// Whether there is nothing to answer, which the zone's SOA says.
    var isDenied = false
    /// What else has to be in dig's output.
    var shows: [String] = []
    /// What must not.
    var hides: [String] = []
    /// dig's words for how to ask; both ways if there is none.
    var transports = ["+notcp", "+tcp"]

    var testDescription: String { words }

    init(
        _ words: String, _ summary: String, shows: [String] = [], hides: [String] = [],
        by transports: [String] = ["+notcp", "+tcp"]
    ) {
        (self.words, self.summary, self.shows, self.hides) = (words, summary, shows, hides)
        self.transports = transports
    }

    /// One to which there is no answer.
    init(none words: String, _ code: String = "NOERROR aa rd ra") {
        self.init(words, "\(code): ")
        isDenied = true
    }
}
