import Platform

/// Where a run prints: what was found stays, and how far it is, is one line on a terminal.
package struct ProgressLine {
    private let write: (String) throws -> Void
    /// How wide the terminal is; nil where none is, and lines are for a log.
    private let columns: Int?
    private let isWanted: Bool
    private var isShown = false
    private var lastLine: MonotonicTime?

    /// A log need not have a line for every round.
    private static let pause = Duration.seconds(10)

    package init(
        columns: Int?, isWanted: Bool = true, write: @escaping (String) throws -> Void
    ) {
        self.columns = columns
        self.isWanted = isWanted
        self.write = write
    }
}

extension ProgressLine {
    /// Tells how far it is.
    mutating func show(_ text: String, at now: MonotonicTime) throws {
        guard isWanted else { return }
        let text = text.harmless
        if let columns {
            try write("\r\u{1B}[K" + text.prefix(max(0, columns - 1)))
            isShown = true
        } else if lastLine.map({ now - $0 >= Self.pause }) ?? true {
            lastLine = now
            try write(text + "\n")
        }
    }

    mutating func print(_ text: String) throws {
        try clear()
        try write(text)
    }

    /// Takes the line away that tells how far it is.
    mutating func clear() throws {
        if isShown { try write("\r\u{1B}[K") }
        isShown = false
    }
}
