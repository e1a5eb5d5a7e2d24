import CNI
import Network
import Platform
import Support

let releaseLeaseCommand = Subcommand(
    "weft ipam release", summary: "Release addresses, whoever has them",
    details: """
        A container that still has the address keeps it, and another will get it too: look with
        weft ipam show first. Ends with status 1 when one of the addresses was not given away.
        """,
    options: leaseOptions, operand: "ADDRESS..."
) { arguments in
    let addresses = try arguments.operands.map { text in
        guard let address = IPAddress(text) else { throw UsageError("'\(text)' is no address") }
        return address
    }
    if addresses.isEmpty { throw UsageError("name an address") }
    let folders = try arguments.leaseFolders()
    var status = ExitCode.success
    for address in addresses {
        var networks: [String] = []
        for folder in folders where try folder.release(address) { networks.append(folder.network) }
        if networks.isEmpty {
            try StandardStream.error.write("weft ipam release: no lease of \(address)\n")
            status = .failure
        }
        for network in networks {
            try StandardStream.output.write("released \(address) of \(network)\n")
        }
    }
    return status
}

let reclaimLeasesCommand = Subcommand(
    "weft ipam reclaim", summary: "Release the addresses that nobody can have any more",
    details: """
        These are leases of an earlier boot, empty ones, and those of weft-cni whose link on the
        host is gone for more than ten minutes. Leases of other plugins are kept, for nothing
        tells whether they are used: weft ipam release, or the runtime's GC, releases them.
        """,
    options: leaseOptions + [
        Option("dry-run", help: "Only print what would be released")
    ]
) { arguments in
    for folder in try arguments.leaseFolders() {
        let leaked = try folder.entries().filter(\.isReclaimable)
        if !arguments.has("dry-run") { try folder.reclaim() }
        for entry in leaked {
            try StandardStream.output.write(
                "\(entry.address) of \(entry.network): \(entry.state), "
                    + "\(entry.owner.map(\.description) ?? "nobody's")\n")
        }
    }
    return .success
}
