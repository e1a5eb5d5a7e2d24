import Platform
import Support

/// Makes few lines of many errors: what is alike is counted, and what is too much, too (D96).
struct ErrorDigest: Sendable {
    private let kinds: [ErrorsOptions.Consolidation]
    private var periods: [Period?]
    /// How many lines were written lately.
    private var lines = 0
    private var left = 0
    private var second: MonotonicTime?

    private struct Period: Sendable {
        let end: MonotonicTime
        var count = 0
    }

    enum Line: Hashable, Sendable {
        case error(LogLevel, String)
        /// So many errors that a pattern matches.
        case many(LogLevel, pattern: String, Int, within: Duration)
        /// So many errors that were not written.
        case left(Int)
    }

    /// More lines in a second would not be read, and fill the disk.
    static let mostLines = 20

    init(_ kinds: [ErrorsOptions.Consolidation]) {
        self.kinds = kinds
        periods = kinds.map { _ in nil }
    }
}

extension ErrorDigest {
    mutating func take(_ text: String, at now: MonotonicTime) -> [Line] {
        let ended = flush(at: now)
        guard let index = kinds.firstIndex(where: { $0.pattern.matches(Array(text.utf8)) }) else {
            return ended + single(.error, text, at: now)
        }
        let kind = kinds[index]
        guard periods[index] == nil else {
            periods[index]?.count += 1
            return ended
        }
        periods[index] = Period(end: now + kind.period, count: kind.showsFirst ? 0 : 1)
        return ended + (kind.showsFirst ? single(kind.level.logged, text, at: now) : [])
    }

    /// The lines of periods that are over.
    mutating func flush(at now: MonotonicTime) -> [Line] {
        var lines: [Line] = []
        for index in periods.indices {
            guard let period = periods[index], period.end <= now else { continue }
            periods[index] = nil
            guard period.count > 0 else { continue }
            let kind = kinds[index]
            lines.append(
                .many(
                    kind.level.logged, pattern: kind.pattern.text, period.count,
                    within: kind.period))
        }
        return lines + endSecond(at: now)
    }

    private mutating func endSecond(at now: MonotonicTime) -> [Line] {
        guard let start = second, now - start >= .seconds(1) else { return [] }
        defer { (second, lines, left) = (nil, 0, 0) }
        return left > 0 ? [.left(left)] : []
    }

    private mutating func single(
        _ level: LogLevel, _ text: String, at now: MonotonicTime
    ) -> [Line] {
        if second == nil { second = now }
        guard lines < Self.mostLines else {
            left += 1
            return []
        }
        lines += 1
        return [.error(level, text)]
    }
}

extension ErrorsOptions.Consolidation.Level {
    fileprivate var logged: LogLevel {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
