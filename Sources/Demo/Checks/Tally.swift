/// How many of several things were as they must be, and what was wrong with the first that was not.
struct Tally: Hashable, Sendable {
    private(set) var good = 0
    private(set) var all = 0
    private(set) var problem: String?

    /// Counts one thing; an error of `body`, or a text that it gives, says what is wrong with it.
    mutating func count(_ subject: @autoclosure () -> String, _ body: () throws -> String?) {
        all += 1
        let wrong: String?
        do { wrong = try body() } catch { wrong = "\(error)" }
        guard let wrong else { return good += 1 }
        if problem == nil { problem = "\(subject()): \(wrong)" }
    }

    /// What was found, with further words if all is well.
    func measurement(_ words: String = "") -> Measurement {
        let count = "\(good) of \(all)"
        if let problem { return Measurement(false, "\(count); \(problem)") }
        return Measurement(all > 0, words.isEmpty ? count : "\(count), \(words)")
    }
}
