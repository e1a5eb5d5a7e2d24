import CFuzz
import FuzzSupport
import Platform
import Support

/// Feeds mutated inputs to every decoder; build it with `--sanitize address`.
let fuzzCommand = Subcommand(
    "weft-fuzz", summary: "Feed mutated inputs to the decoders",
    options: [
        Option("target", value: "NAME", help: "run one decoder instead of all of them"),
        Option(
            "iterations", value: "N", standard: "100000", help: "inputs for each decoder"),
        Option("seed", value: "N", standard: "1", help: "decides all inputs"),
        Option(
            "first", value: "N", standard: "0",
            help: "begin with this input, to repeat one that failed"),
        Option("list", help: "name the decoders and end"),
    ]
) { arguments in
    try FuzzRun(arguments).run()
    return .success
}

private struct FuzzRun {
    /// An input that takes longer than this many seconds counts as a hang.
    private static let patience: UInt32 = 2

    private let targets: [FuzzTarget]
    private let iterations: Range<Int>
    private let seed: UInt64
    private let listsOnly: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        let first = try arguments.number("first", in: 0...Int(UInt32.max))
        let count = try arguments.number("iterations", in: 0...Int(UInt32.max))
        iterations = first..<first + count
        seed = UInt64(try arguments.number("seed", in: 0...Int.max))
        listsOnly = arguments.has("list")
        guard let name = arguments.text("target") else {
            targets = FuzzTargets.all
            return
        }
        targets = FuzzTargets.all.filter { $0.name == name }
        if targets.isEmpty {
            throw UsageError("there is no decoder '\(name)': --list names them")
        }
    }

    func run() throws(PlatformError) {
        weft_fuzz_watch(Self.patience)
        for target in targets {
            let line = listsOnly ? target.name : summary(of: target, in: run(target))
            try StandardStream.output.write(line + "\n")
        }
        FuzzTargets.end()
    }

    private func run(_ target: FuzzTarget) -> Duration {
        unsafe weft_fuzz_target(target.name, seed)
        return ContinuousClock().measure {
            target.run(seed: seed, iterations: iterations) { iteration in
                weft_fuzz_iteration(UInt64(iteration))
            }
        }
    }

    private func summary(of target: FuzzTarget, in time: Duration) -> String {
        let rate = Int(Double(iterations.count) / (time / .seconds(1)))
        return "\(target.name): \(iterations.count) inputs, seed \(seed), \(rate)/s"
    }
}
