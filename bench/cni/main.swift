import Measure
import Platform
import Support

/// What can be measured, by name, in the report's order.
let parts: [(name: String, body: @Sendable (inout Report) throws -> Void)] = [
    ("bridge", { try $0.compareBridges() }),
    ("port", { try $0.comparePorts() }),
    ("leases", { try $0.compareFull() }),
    ("families", { try $0.compareFamilies() }),
    ("growth", { try $0.measureGrowth() }),
    ("questions", { try $0.measureQuestions() }),
    ("processes", { try $0.countChildren() }),
]

let command = Subcommand(
    "weft-bench-cni",
    summary: "pods added and deleted, beside the reference plugins\n\nParts: "
        + parts.map(\.name).joined(separator: ", "),
    options: [
        Option("pods", value: "N", standard: "100", help: "How many pods each suite gets"),
        Option("leases", value: "N", standard: "4000", help: "How many addresses are taken before"),
        Option("many", value: "N", standard: "1000", help: "How many pods to grow to"),
        Option("program", value: "PATH", standard: ".build/stage/weft-cni", help: "Our plugin"),
        Option(
            "reference", value: "DIRECTORY", standard: "/usr/lib/cni", help: "The other suite"),
        Option("limit", value: "FACTOR", help: "Fail where a figure exceeds so often its limit"),
    ],
    operand: "[PART…]"
) { arguments in
    let counts = Report.Counts(
        pods: try arguments.number("pods", in: 10...10_000),
        leases: try arguments.number("leases", in: 1...60_000),
        many: try arguments.number("many", in: 100...10_000))
    let factor = try arguments.decimal("limit") ?? .infinity
    try DescriptorLimit.set(UInt(counts.many + 4 * counts.pods + 1024))
    let suites = try Suites(
        program: arguments.text("program") ?? "", reference: arguments.text("reference") ?? "")
    defer { _ = try? suites.remove() }
    var report = Report(suites, counts)
    let wanted = arguments.operands
    for part in parts where wanted.isEmpty || wanted.contains(part.name) {
        let printed = report.figures.count
        try part.body(&report)
        for figure in report.figures[printed...] { print(figure) }
    }
    return report.figures.allSatisfy { $0.isMet(within: factor) } ? .success : .failure
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
