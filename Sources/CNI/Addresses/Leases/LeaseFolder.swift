import Network
package import Platform

/// Where the leases of a network are kept.
///
/// The truth is host-local's: a file for each address, named by it. Beside it is an index of ours,
/// which only makes things fast and can be removed at any time: it is made again from the leases.
package struct LeaseFolder: Hashable, Sendable {
    /// What holds the leases of all networks.
    package let dataDirectory: String
    package let network: String

    package init(_ dataDirectory: String, network: String) {
        self.dataDirectory = dataDirectory
        self.network = network
    }
}

extension LeaseFolder {
    /// host-local's folder.
    package var leases: String { "\(dataDirectory)/\(network)" }
    /// Ours; no network's name begins with a dot.
    var index: String { "\(dataDirectory)/\(Self.indexName)/\(network)" }
    static let indexName = ".weft"

    /// host-local's lock; both programs take it.
    var lock: String { "\(leases)/lock" }
    func lease(_ address: IPAddress) -> String { "\(leases)/\(address)" }
    /// The last address that was taken in order, of a set: host-local's file.
    func cursor(_ set: Int) -> String { "\(leases)/last_reserved_ip.\(set)" }

    func record(_ owner: LeaseOwner) -> String { "\(index)/\(owner.recordName)" }
    func released(_ set: Int) -> String { "\(index)/released.\(set)" }
    /// A lease that is written and has no address yet.
    var unnamedLease: String { "\(index)/new" }
}

extension LeaseFolder {
    /// The networks that have leases below a data directory.
    package static func all(in dataDirectory: String) throws(PlatformError) -> [LeaseFolder] {
        guard try File.status(dataDirectory)?.kind == .directory else { return [] }
        return try Directory.list(dataDirectory)
            .filter { Identifier.defect(of: $0) == nil }
            .map { LeaseFolder(dataDirectory, network: $0) }
    }
}
