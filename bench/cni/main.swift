import Measure
import Platform
import Support

let command = Subcommand(
    "weft-bench-cni", summary: "pods added and deleted, beside the reference plugins",
    options: [
        Option("pods", value: "N", standard: "100", help: "How many pods each suite gets"),
        Option("leases", value: "N", standard: "4000", help: "How many addresses are taken before"),
        Option("many", value: "N", standard: "1000", help: "How many pods to grow to"),
        Option("program", value: "PATH", standard: ".build/stage/weft-cni", help: "Our plugin"),
        Option(
            "reference", value: "DIRECTORY", standard: "/usr/lib/cni", help: "The other suite"),
        Option("limit", value: "FACTOR", help: "Fail where a figure exceeds so often its limit"),
    ]
) { arguments in
    let leases = try arguments.number("leases", in: 1...60_000)
    let many = try arguments.number("many", in: 100...10_000)
    let factor = try arguments.decimal("limit") ?? .infinity
    try DescriptorLimit.set(UInt(many + 4096))
    let suites = try Suites(
        program: arguments.text("program") ?? "", reference: arguments.text("reference") ?? "")
    defer { _ = try? suites.remove() }
    var report = Report(suites, pods: try arguments.number("pods", in: 10...10_000))
    let parts: [(inout Report) throws -> Void] = [
        { try $0.compareBridges() },
        { try $0.comparePorts() },
        { try $0.compareFull(leases: leases) },
        { try $0.compareFamilies() },
        { try $0.measureGrowth(pods: many) },
        { try $0.measureQuestions() },
        { try $0.countChildren() },
    ]
    for part in parts {
        let printed = report.figures.count
        try part(&report)
        for figure in report.figures[printed...] { print(figure) }
    }
    return report.figures.allSatisfy { $0.isMet(within: factor) } ? .success : .failure
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
