/// Something that a source has to say to whoever runs it: one line of a log.
package struct Report: Hashable, Sendable {
    package enum Level: Hashable, Sendable {
        case info
        case warning
        case error
    }

    package let level: Level
    /// A sentence that says what happened, to what, and what to do about it.
    package let text: String

    package init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}
