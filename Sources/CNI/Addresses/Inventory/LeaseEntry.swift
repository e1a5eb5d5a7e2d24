package import Network
package import Platform

/// One lease as people want to see it.
package struct LeaseEntry: Hashable, Sendable {
    package let network: String
    package let address: IPAddress
    package let state: State
    package let owner: LeaseOwner?
    package let pod: String?
    package let hostLink: InterfaceName?
    package let given: WallTime?

    package enum State: String, Hashable, Sendable {
        case used
        /// Another program's, or of a call that was killed: the next call takes it over.
        case unrecorded
        /// The link on the host is gone.
        case leaked
        /// Of an earlier boot.
        case void
        /// An empty file, left by a program that was killed.
        case empty
        /// A file that names no attachment: nobody releases it but people.
        case note
    }

    /// Whether the lease is of no use to anybody any more.
    package var isReclaimable: Bool { state == .leaked || state == .void || state == .empty }
}

extension LeaseEntry.State: CustomStringConvertible {
    package var description: String { rawValue }
}

extension LeaseFolder {
    /// The leases of the network in the order of their addresses; nothing is locked or changed.
    package func entries() throws(CNIError) -> [LeaseEntry] {
        let bootID = try onDisk { () throws(PlatformError) in try Machine.bootID }
        let leaked = Set(try leakedOwners())
        var entries: [LeaseEntry] = []
        for file in try onDisk({ () throws(PlatformError) in try scan() }) {
            var record = try file.owner.flatMap { owner throws(CNIError) in
                try readableRecord(of: owner)
            }
            if record?.addresses.contains(file.address) == false { record = nil }
            entries.append(
                LeaseEntry(
                    network: network, address: file.address,
                    state: .init(of: file, record, bootID: bootID, leaked), owner: file.owner,
                    pod: record?.pod, hostLink: record?.hostLink?.name, given: record?.given))
        }
        return entries.sorted { $0.address < $1.address }
    }
}

extension LeaseEntry.State {
    fileprivate init(
        of file: LeaseFile, _ record: LeaseRecord?, bootID: String, _ leaked: Set<LeaseOwner>
    ) {
        self =
            switch file.content {
            case .empty: .empty
            case .note: .note
            case .owner(let owner):
                if let record {
                    record.bootID != bootID ? .void : leaked.contains(owner) ? .leaked : .used
                } else {
                    .unrecorded
                }
            }
    }
}
