import CNI
import Network
import Platform
import Support

/// `weft ipam`.
let ipamCommands = Tool(
    "weft ipam", summary: "Look at the addresses of this node's pods, and release leaked ones",
    details: """
        Each address that a pod has is a file in a folder of its network, below the data
        directory: host-local's format, which weft-ipam and host-local share. These commands read
        the files, and change them under the same lock as the plugins do.
        """,
    commands: [
        listLeasesCommand, showLeaseCommand, checkLeasesCommand, releaseLeaseCommand,
        reclaimLeasesCommand,
    ])

/// The options by which every command finds leases.
let leaseOptions = [
    Option(
        "data-dir", value: "DIR", standard: AddressSettings.standardDataDirectory,
        help: "Where ipam.dataDir says that leases are"),
    Option("network", value: "NAME", help: "This network's only"),
]

extension Arguments {
    /// The folders of leases that the options name.
    func leaseFolders() throws -> [LeaseFolder] {
        let directory = text("data-dir") ?? AddressSettings.standardDataDirectory
        let folders = try LeaseFolder.all(in: directory)
        guard let network = text("network") else { return folders }
        let named = folders.filter { $0.network == network }
        guard !named.isEmpty else {
            throw UsageError("there are no leases of a network '\(network)' in \(directory)")
        }
        return named
    }

    func leases() throws -> [LeaseEntry] { try leaseFolders().flatMap { try $0.entries() } }
}
