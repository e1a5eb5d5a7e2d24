import Bench
import Platform
import Support

/// One run of `weft bench`: suites one after the other, and one set of results of all of them.
///
/// It takes the signals that end the run: to be made before any thread, and so before the suites.
struct BenchSession {
    private let arguments: Arguments
    private let interruption: Interruption

    /// What every command that measures has, behind its own options.
    static let options = [
        Option("rounds", value: "N", standard: "10", help: "How often each thing is measured"),
        Option("json", value: "FILE", help: "Write the results, to compare or to draw them later"),
        Option("html", value: "FILE", help: "Write the results as one page with plots"),
        Option("quiet", letter: "q", help: "Do not tell how far it is, only what came of it"),
    ]

    private static let roundCounts = 1...1000

    /// How many rounds are asked for, without the one that warms up.
    static func rounds(_ arguments: Arguments) throws(UsageError) -> Int {
        try arguments.number("rounds", in: roundCounts)
    }

    /// The same, with another number where none is asked for.
    static func rounds(_ arguments: Arguments, else standard: Int) throws(UsageError) -> Int {
        try arguments.number("rounds", in: roundCounts, else: standard)
    }

    init(_ arguments: Arguments) throws {
        self.arguments = arguments
        _ = try Self.rounds(arguments)
        for option in ["json", "html"] {
            if let path = arguments.text(option) { try Self.checkWritable(path, option) }
        }
        interruption = try Interruption()
    }

    /// Says so before a run of minutes, not behind it.
    private static func checkWritable(_ path: String, _ option: String) throws(UsageError) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        do throws(PlatformError) {
            try File.checkWritable(directory)
            guard try File.status(path)?.kind != .directory else {
                throw PlatformError(.isDirectory, "write to", path)
            }
        } catch {
            throw UsageError("--\(option): \(error)")
        }
    }
}

extension BenchSession {
    /// A suite by its name, which is made when its turn comes.
    struct Part {
        let name: String
        let suite: () throws -> any Suite

        init(_ name: String, _ suite: @escaping () throws -> any Suite) {
            self.name = name
            self.suite = suite
        }
    }

    func run(_ suite: some Suite) throws -> ExitCode { try run([Part("suite") { suite }]) }

    /// Runs all of them, though some fail; what was measured is written in any case.
    ///
    /// The error of a suite that is alone is thrown, when everything else is done.
    func run(_ parts: [Part]) throws -> ExitCode {
        let recorder = recorder(of: parts.count)
        var failure: (any Error)?
        for part in parts where !interruption.isWanted {
            do {
                try recorder.run(part.suite)
            } catch {
                failure = error
                if parts.count > 1, !interruption.isWanted { try? recorder.fail(part.name, error) }
            }
            try write(recorder.results)
        }
        if let failure, parts.count == 1 || interruption.isWanted { throw failure }
        return failure == nil ? .success : .failure
    }

    private func recorder(of suites: Int) -> Recorder {
        let output = StandardStream.output
        let line = ProgressLine(
            columns: output.terminalColumns, isWanted: !arguments.has("quiet"),
            write: output.write)
        let command = ["weft"] + CommandLine.arguments.dropFirst()
        return Recorder(
            Facts.current(command), suites: suites, line, isEnding: { interruption.isWanted })
    }

    private func write(_ results: Results) throws {
        if let path = arguments.text("json") { try results.write(to: path) }
        if let path = arguments.text("html") { try ResultsPage(results).write(to: path) }
    }
}
