/// How much a line of the log matters.
package enum LogLevel: Int, Comparable, CaseIterable, Sendable {
    case debug
    case info
    case warning
    case error

    package var word: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    package init?(word: String) {
        guard let level = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = level
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One line: a sentence that is always the same for the same thing, and what differs as fields.
package struct LogLine: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package let level: LogLevel
    package let message: String
    package let fields: [Field]

    package init(
        _ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, String> = [:]
    ) {
        self.level = level
        self.message = message
        self.fields = fields.map { Field(name: $0.key, value: $0.value) }
    }
}

/// How lines are written.
package enum LogFormat: Hashable, Sendable {
    /// `level=info msg="…" key=value`, without a time where the journal adds it.
    case text
    /// An object a line, with a time.
    case json
}
