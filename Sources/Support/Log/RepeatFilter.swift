import Platform

/// Keeps a line that comes again and again from filling the log, without a clock of its own.
///
/// A line is written the first time; what is the same within the interval is counted, and the
/// next one after it says how many there were.
struct RepeatFilter {
    private struct Entry {
        let line: LogLine
        var written: MonotonicTime
        var repeats = 0
    }

    private let interval: Duration
    /// The lines that were written lately, the latest last.
    private var recent: [Entry] = []

    init(interval: Duration = .seconds(30)) { self.interval = interval }

    /// Different lines that are told apart at one time; the log of a daemon has fewer.
    private static let capacity = 64
}

extension RepeatFilter {
    /// How many times the line was left out since it was last written; nil to leave it out now.
    mutating func admit(_ line: LogLine, at now: MonotonicTime) -> Int? {
        guard let index = recent.lastIndex(where: { $0.line == line }) else {
            if recent.count == Self.capacity { recent.removeFirst() }
            recent.append(Entry(line: line, written: now))
            return 0
        }
        guard now - recent[index].written >= interval else {
            recent[index].repeats += 1
            return nil
        }
        var entry = recent.remove(at: index)
        let repeats = entry.repeats
        entry.written = now
        entry.repeats = 0
        recent.append(entry)
        return repeats
    }
}
