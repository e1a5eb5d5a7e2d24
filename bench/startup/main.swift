import Measure
import Platform
import Support

let command = Subcommand(
    "weft-bench-startup", summary: "how long weft-cni takes, against /bin/true in the same run",
    options: [
        Option("pairs", value: "N", standard: "300", help: "How often each of the two runs"),
        Option(
            "program", value: "PATH", standard: ".build/stage/weft-cni", help: "What to measure"),
        Option("limit", value: "RATIO", help: "Fail when the medians' ratio is above it"),
    ]
) { arguments in
    let limit = try arguments.decimal("limit")
    var program = Startup(
        arguments.text("program") ?? "", environment: ["CNI_COMMAND=VERSION"],
        input: #"{"cniVersion":"1.1.0"}"#)
    var baseline = Startup("/bin/true")
    for _ in 0..<(try arguments.number("pairs", in: 1...100_000)) {
        try baseline.measure()
        try program.measure()
    }
    let ratio = program.samples.ratio(to: baseline.samples)
    print("startup: \(program.samples)\nstartup: \(baseline.samples)")
    print("startup: ratio of medians \(ratio.rounded(toDecimals: 2)) ×")
    return ratio <= limit ?? .infinity ? .success : .failure
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
