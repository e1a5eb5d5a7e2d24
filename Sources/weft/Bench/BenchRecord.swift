import Bench
import Platform
import Support

/// Notes what suites tell while they run, and shows it.
final class BenchRecord {
    private(set) var results: Results
    private let interruption: Interruption
    private let display: BenchDisplay
    private let parts: Int
    private var begun = 0
    private var progress = Progress()

    init(_ arguments: Arguments, _ facts: Facts, _ interruption: Interruption, parts: Int) {
        results = Results(facts)
        self.interruption = interruption
        self.parts = parts
        display = BenchDisplay(tellsProgress: !arguments.has("quiet"))
    }
}

extension BenchRecord {
    func run(_ part: BenchSession.Part) throws {
        begun += 1
        progress = Progress()
        var suite = try part.suite()
        try suite.run(Observer { event in try self.take(event) })
    }

    /// One of several failed; the others are still worth their time.
    func fail(_ part: BenchSession.Part, _ error: any Error) throws {
        let note = "\(part.name) did not come to its end: \(error)"
        results.note(note)
        try display.print(note + "\n")
    }

    func end() throws { try display.clear() }

    private func take(_ event: Observer.Event) throws {
        if interruption.isWanted {
            throw BenchError(.interrupted, "go on", "a signal came; all that was made is removed")
        }
        switch event {
        case .round(let identity, let turn, let turns):
            try show(progress.begin(identity, turn: turn, of: turns, at: .now))
        case .step(let text): try show(text)
        case .measured(let measurements, let ratios):
            results.add(measurements, ratios)
            try display.print(TerminalTable.text(measurements, ratios) + "\n")
        case .note(let text):
            results.note(text)
            try display.print("Note: \(text)\n")
        }
    }

    private func show(_ text: String) throws {
        try display.show(parts > 1 ? "[\(begun)/\(parts)] \(text)" : text)
    }
}
