import CNI
import Network
import Platform
import Support

private let json = Option("json", help: "Print JSON: a list with an object for each address")

let listLeasesCommand = Subcommand(
    "weft ipam list", summary: "List the addresses that are given away",
    details: """
        States:
          used        its container has it
          unrecorded  another program gave it, or a call that was killed; the next call of a
                      plugin takes it over
          leaked      the link on the host is gone for more than ten minutes
          void        of an earlier boot; the next call of a plugin releases it
          empty       an empty file, left by a program that was killed
          note        a file that names no container and keeps its address from being given
        """,
    options: leaseOptions + [json]
) { arguments in
    let entries = try arguments.leases()
    try StandardStream.output.write(
        arguments.has("json")
            ? LeaseTable.json(entries, now: .now) : LeaseTable.text(entries, now: .now))
    return .success
}

let showLeaseCommand = Subcommand(
    "weft ipam show", summary: "Show all that is known of an address or a container",
    details: """
        Takes an address, or a container's identifier or what it begins with. Ends with status 1
        when there is no such lease.
        """,
    options: leaseOptions + [json], operand: "ADDRESS|CONTAINER"
) { arguments in
    guard let wanted = arguments.operands.first, arguments.operands.count == 1 else {
        throw UsageError("name one address or container")
    }
    let address = IPAddress(wanted)
    let entries = try arguments.leases().filter { entry in
        entry.address == address || entry.owner?.containerID.hasPrefix(wanted) == true
    }
    guard !entries.isEmpty else {
        try StandardStream.error.write("weft ipam show: no lease of \(wanted)\n")
        return .failure
    }
    let texts = entries.map { LeaseTable.details($0, now: .now) }
    try StandardStream.output.write(
        arguments.has("json")
            ? LeaseTable.json(entries, now: .now) : texts.joined(separator: "\n"))
    return .success
}

let checkLeasesCommand = Subcommand(
    "weft ipam check", summary: "Check that leases, records and links fit together",
    details: """
        Prints a line for whatever is not as it should be, with what to do about it, and then ends
        with status 1. Changes nothing.
        """,
    options: leaseOptions
) { arguments in
    let defects = try arguments.leaseFolders().flatMap { try $0.defects() }
    try StandardStream.output.write(defects.map { "\($0)\n" }.joined())
    return defects.isEmpty ? .success : .failure
}
