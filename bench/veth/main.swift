import Measure
import Platform
import Support

let command = Subcommand(
    "weft-bench-veth", summary: "a veth pair into a namespace, against the kernel's part of it",
    options: [
        Option("pairs", value: "N", standard: "300", help: "How often each of the two ways"),
        Option("limit", value: "RATIO", help: "Fail when the medians' ratio is above it"),
    ]
) { arguments in
    var pair = try VethPair()
    var ours = Samples(of: "weft")
    var kernel = Samples(of: "kernel alone")
    for _ in 0..<(try arguments.number("pairs", in: 1...100_000)) {
        ours.add(try pair.ours())
        kernel.add(try pair.kernel())
    }
    let ratio = ours.ratio(to: kernel)
    print("veth: \(ours)\nveth: \(kernel)")
    print("veth: ratio of medians \(ratio.rounded(toDecimals: 2)) ×")
    return ratio <= (try arguments.decimal("limit")) ?? .infinity ? .success : .failure
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
