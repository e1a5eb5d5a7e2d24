import Platform

/// The standard output: what was found stays, and how far a run is, is one line on a terminal.
final class BenchDisplay {
    private let stream = StandardStream.output
    private let tellsProgress: Bool
    private let columns: Int?
    private var lastLine = MonotonicTime(nanoseconds: 0)
    private var isLineShown = false

    /// Where no terminal is, a log need not have a line for every round.
    private static let pause = Duration.seconds(10)

    init(tellsProgress: Bool) {
        self.tellsProgress = tellsProgress
        columns = stream.terminalColumns
    }
}

extension BenchDisplay {
    /// Tells how far it is.
    func show(_ text: String) throws(PlatformError) {
        guard tellsProgress else { return }
        if let columns {
            isLineShown = true
            try stream.write("\r\u{1B}[K" + text.prefix(columns - 1))
        } else if MonotonicTime.now - lastLine >= Self.pause {
            lastLine = .now
            try stream.write(text + "\n")
        }
    }

    func print(_ text: String) throws(PlatformError) {
        try clear()
        try stream.write(text)
    }

    /// Takes the line away that tells how far it is.
    func clear() throws(PlatformError) {
        if isLineShown { try stream.write("\r\u{1B}[K") }
        isLineShown = false
    }
}
