import Measure
import Netlink
import Network
import Platform
import Proxy
import Support

let command = Subcommand(
    "weft-bench-conntrack", summary: "cleaning up after changed services in a full table",
    options: [
        Option("entries", value: "N", standard: "1000000", help: "Connections in the table"),
        Option("family", value: "4|6", standard: "4", help: "Of IPv4 or of IPv6"),
    ]
) { arguments in
    let entries = try arguments.number("entries", in: 1...4_000_000)
    let limit = Sysctl("net.netfilter.nf_conntrack_max")
    let before = try limit.read()
    if (Int(before) ?? 0) < entries * 2 { try limit.write("\(entries * 2)") }
    defer { try? limit.write(before) }
    let table = try FullTable(isV6: try arguments.number("family", in: 4...6) == 6)
    try table.fill(entries: entries)
    try Measurements(table: table).run()
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
