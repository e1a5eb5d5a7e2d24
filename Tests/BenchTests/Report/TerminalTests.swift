import Platform
import Testing

@testable import Bench

@Suite struct `A run on a terminal` {
    /// What was written, and a clock that is set.
    private final class Terminal {
        var text = ""
        var seconds = 0
        var isEnding = false

        func recorder(columns: Int?, suites: Int = 1, isQuiet: Bool = false) -> Recorder {
            Recorder(
                Facts(), suites: suites,
                ProgressLine(columns: columns, isWanted: !isQuiet) { self.text += $0 },
                isEnding: { self.isEnding },
                now: { MonotonicTime(nanoseconds: Int64(self.seconds) * 1_000_000_000) })
        }

        /// What is seen of lines that were written over each other.
        var lines: [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(
                    line.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false).last ?? ""
                )
            }
        }
    }

    /// Two subjects by turns, a second each.
    private struct TwoSubjects: Suite {
        let terminal: Terminal
        var tell: ((Observer) throws -> Void)?

        func run(_ observer: Observer) throws {
            let identities = ["direct", "cluster-ip"].map {
                Identity("path", "connect", [.init("service", $0)])
            }
            for turn in 0...3 {
                for identity in identities {
                    try observer.tell(.round(identity, turn: turn, of: 3))
                    try tell?(observer)
                    terminal.seconds += 1
                }
            }
            let measured = zip(identities, [26_900.0, 28_200]).map {
                Measurement($0, [Figure(.p50, .spread(around: $1))])
            }
            try observer.tell(.measured(measured, measured[1].ratios(to: measured[0])))
        }
    }

    @Test func `tells in one line how far it is, and what is left`() throws {
        let terminal = Terminal()
        var seen: [String] = []
        let recorder = terminal.recorder(columns: 200)
        terminal.text = ""
        try recorder.run {
            TwoSubjects(terminal: terminal) { _ in seen.append(terminal.lines.last ?? "") }
        }
        #expect(
            seen == [
                "path/connect service=direct: warming up",
                "path/connect service=cluster-ip: warming up",
                "path/connect service=direct: round 1 of 3, 6 s left",
                "path/connect service=cluster-ip: round 1 of 3, 5 s left",
                "path/connect service=direct: round 2 of 3, 4 s left",
                "path/connect service=cluster-ip: round 2 of 3, 3 s left",
                "path/connect service=direct: round 3 of 3, 2 s left",
                "path/connect service=cluster-ip: round 3 of 3, 1 s left",
            ])
        #expect(
            terminal.lines.filter { !$0.hasPrefix("Note") } == [
                "path/connect",
                "  median",
                "    direct      ██████████████████████▉   26.9 µs [26.3–27.5]",
                "    cluster-ip  ████████████████████████  28.2 µs [27.6–28.9]  1.05 × direct [1.05–1.05]",
                "", "",
            ])
    }

    @Test func `is no wider than the terminal, and says which of several suites it is at`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: 30, suites: 2)
        var widest = 0
        for _ in 0..<2 {
            try recorder.run {
                TwoSubjects(terminal: terminal) { _ in
                    widest = max(widest, terminal.lines.last?.count ?? 0)
                }
            }
        }
        #expect(widest == 29)
        #expect(terminal.text.contains("[1/2] path/connect"))
        #expect(terminal.text.contains("[2/2] path/connect"))
    }

    @Test func `writes to a log in lines, and not too many`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: nil)
        for _ in 0..<3 { try recorder.run { TwoSubjects(terminal: terminal) } }
        #expect(!terminal.text.contains("\u{1B}"))
        // Of eight seconds each, with a line every ten.
        #expect(terminal.lines.count { $0.contains("warming up") || $0.contains("round") } == 3)
    }

    @Test func `only tells what came of it if it is to be quiet`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: 80, isQuiet: true)
        try recorder.run { TwoSubjects(terminal: terminal) }
        #expect(!terminal.text.contains("round"))
        #expect(terminal.text.contains("26.9 µs"))
    }

    @Test func `ends where somebody asks for it, and keeps what was measured`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: 80, suites: 2)
        try recorder.run { TwoSubjects(terminal: terminal) }
        var rounds = 0
        #expect {
            try recorder.run {
                TwoSubjects(terminal: terminal) { _ in
                    rounds += 1
                    terminal.isEnding = rounds == 3
                }
            }
        } throws: { ($0 as? BenchError)?.code == .interrupted }
        #expect(rounds == 3)
        #expect(recorder.results.measurements.count == 2)
        #expect(recorder.results.ratios.count == 1)
        // The line is gone, for what comes behind it.
        #expect(terminal.lines.last == "")
    }

    @Test func `goes on with other suites when one fails, and says so`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: 80, suites: 2)
        let failure = BenchError(.program, "start knotd", "it is not installed")
        #expect(throws: failure) { try recorder.run { throw failure } }
        try recorder.fail("dns", failure)
        try recorder.run { TwoSubjects(terminal: terminal) }
        let note = "dns did not come to its end: cannot start knotd: it is not installed"
        #expect(recorder.results.notes.contains(note))
        #expect(terminal.lines.contains("Note: \(note)"))
        #expect(recorder.results.measurements.count == 2)
    }

    @Test func `is not steered by what it prints`() throws {
        let terminal = Terminal()
        let recorder = terminal.recorder(columns: nil)
        try recorder.run {
            TwoSubjects(terminal: terminal) { try $0.tell(.note("a\u{1B}[2Jb\rc")) }
        }
        #expect(terminal.lines.contains("Note: a\u{FFFD}[2Jb\u{FFFD}c"))
    }
}
