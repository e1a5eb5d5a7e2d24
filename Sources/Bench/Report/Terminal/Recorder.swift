package import Platform

/// Notes what suites tell while they run, and shows it.
package final class Recorder {
    package private(set) var results: Results
    private var line: ProgressLine
    private var progress = Progress()
    private let suites: Int
    private var begun = 0
    private let isEnding: () -> Bool
    private let now: () -> MonotonicTime

    /// Begins a run of so many suites, which ends at the next event once it `isEnding`.
    package init(
        _ facts: Facts, suites: Int, _ line: ProgressLine, isEnding: @escaping () -> Bool,
        now: @escaping () -> MonotonicTime = { .now }
    ) {
        results = Results(facts)
        self.suites = suites
        self.line = line
        self.isEnding = isEnding
        self.now = now
    }
}

extension Recorder {
    /// Makes a suite and runs it; its name is for those who read of its failure.
    package func run(_ make: () throws -> any Suite) throws {
        begun += 1
        progress = Progress()
        defer { try? line.clear() }
        if begun == 1, !Facts.isOptimized {
            try note("this program was built for debugging: its durations mean nothing")
        }
        try checkEnd()
        var suite = try make()
        try suite.run(Observer { [self] event in try take(event) })
    }

    /// Notes that one of several suites failed; the others are still worth their time.
    package func fail(_ name: String, _ error: any Error) throws {
        try note("\(name) did not come to its end: \(error)")
    }

    private func checkEnd() throws(BenchError) {
        if isEnding() {
            throw BenchError(.interrupted, "go on", "a signal came; all that was made is removed")
        }
    }

    private func take(_ event: Observer.Event) throws {
        try checkEnd()
        switch event {
        case .round(let identity, let turn, let turns):
            try show(progress.begin(identity, turn: turn, of: turns, at: now()))
        case .step(let text): try show(text)
        case .measured(let measurements, let ratios):
            results.add(measurements, ratios)
            try line.print(TerminalTable.text(measurements, ratios) + "\n")
        case .note(let text): try note(text)
        }
    }

    private func show(_ text: String) throws {
        try line.show(suites > 1 ? "[\(begun)/\(suites)] \(text)" : text, at: now())
    }

    private func note(_ text: String) throws {
        results.note(text)
        try line.print("Note: \(text)\n".harmless)
    }
}
