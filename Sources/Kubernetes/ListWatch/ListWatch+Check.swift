import Platform

/// Compares now and then how many objects there are, which costs a request of one object.
struct DriftCheck: Hashable, Sendable {
    /// When the next one is due.
    private var due: MonotonicTime?
    private(set) var asked: MonotonicTime?
    /// What the server said, until the watch has come as far.
    private(set) var answer: Answer?
    /// Objects added or deleted since the question, which the answer may or may not know of.
    private var changes = 0
    /// How often in a row the numbers differed.
    var differences = 0
    /// Objects that the server has and that may not be held.
    var unreadable = 0

    struct Answer: Hashable {
        let version: ResourceVersion
        let count: Int
    }

    var tolerance: Int { changes + unreadable }

    /// When there is something to do.
    var deadline: MonotonicTime? { due ?? asked.map { $0 + ListWatchTimes.answer } }
}

extension DriftCheck {
    mutating func begin(at now: MonotonicTime, using random: inout some RandomNumberGenerator) {
        end()
        schedule(at: now, using: &random)
    }

    mutating func schedule(at now: MonotonicTime, using random: inout some RandomNumberGenerator) {
        let wait = differences > 0 ? Self.soon : Self.interval
        due = now + wait * Double.random(in: 0.8...1.2, using: &random)
    }

    mutating func postpone(until time: MonotonicTime) { due = time }

    mutating func end() {
        due = nil
        asked = nil
        answer = nil
    }

    mutating func ask(at now: MonotonicTime) {
        due = nil
        asked = now
        answer = nil
        changes = 0
    }

    mutating func take(
        _ answer: Answer, at now: MonotonicTime, using random: inout some RandomNumberGenerator
    ) {
        asked = nil
        self.answer = answer
        schedule(at: now, using: &random)
    }

    mutating func fail(at now: MonotonicTime, using random: inout some RandomNumberGenerator) {
        guard asked != nil else { return }
        asked = nil
        schedule(at: now, using: &random)
    }

    mutating func noteChange(_ change: ListWatchEvent.Change) {
        if change != .modified { changes += 1 }
    }

    mutating func takeAnswer() -> Answer? {
        defer { answer = nil }
        return answer
    }

    private static let interval = Duration.seconds(600)
    /// After numbers that differed.
    private static let soon = Duration.seconds(60)
}

extension ListWatch {
    mutating func passCheckTime(at now: MonotonicTime) {
        guard let deadline = check.deadline, now >= deadline else { return }
        if check.asked != nil {
            actions.append(.cancelCheck)
            return check.fail(at: now, using: &random)
        }
        // The watch has not come as far in all this time: then what is held must do.
        compare()
        guard options.checksForDrift, !options.isSelective else { return check.end() }
        if let next = requestLimit.take(at: now) { return check.postpone(until: next) }
        check.ask(at: now)
        actions.append(.requestCheck(checkRequest()))
    }

    mutating func takeCheck(_ version: String, _ count: Int, at now: MonotonicTime) {
        guard case .watching = phase, check.asked != nil else { return }
        let answer = DriftCheck.Answer(version: ResourceVersion(version), count: count)
        check.take(answer, at: now, using: &random)
        compareIfReached()
    }

    mutating func compareIfReached() {
        if let answer = check.answer, answer.version.isCovered(by: version) { compare() }
    }

    mutating func compareIfPassed(by stated: ResourceVersion) {
        if let answer = check.answer, answer.version.isOlder(than: stated) { compare() }
    }

    private mutating func compare() {
        guard let answer = check.takeAnswer() else { return }
        actions.append(.compare(count: answer.count, tolerance: check.tolerance))
    }

    mutating func judge(_ isEqual: Bool, at now: MonotonicTime) {
        guard case .watching = phase else { return }
        check.differences = isEqual ? 0 : check.differences + 1
        guard check.differences >= 2 else {
            if !isEqual, check.asked == nil { check.schedule(at: now, using: &random) }
            return
        }
        check.differences = 0
        endCheck()
        actions.append(.cancel)
        report(.warning, "\(resourceName): the server has another number of objects; listing anew")
        listing.isConsistent = true
        go(.list, at: now)
    }

    mutating func endCheck() {
        if check.asked != nil { actions.append(.cancelCheck) }
        check.end()
    }
}
