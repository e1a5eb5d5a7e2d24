package import Network

/// What is measured of bringing services into the kernel.
package struct SyncSettings: Hashable, Sendable {
    package var services = 10_000
    /// The services of a small cluster, beside which the large one's changes are held.
    package var fewServices = 100
    package var endpoints = 10
    package var families: [IPFamily] = [.v4, .v6]
    package var programs: [PathProgram] = [.weft, .kubeProxyNFTables]
    package var rounds = 10
    /// How many changes of each kind a round has.
    package var changes = 20
    /// The most rounds that there are of what takes peers many seconds.
    package var slowRounds = 3
    /// The most changes that a round has of a program that lets a second pass between two.
    package var slowChanges = 3
    /// The program whose `proxy` is started where a peer's is; without, none of ours is.
    package var weft: String?
    /// Programs of others that a user has.
    package private(set) var peers = PeerPaths()

    package init(_ change: (inout SyncSettings) -> Void = { _ in }) { change(&self) }

    /// Measures the programs that a user has beside the others.
    package mutating func add(_ peers: PeerPaths) {
        self.peers = peers
        programs = programs.with(peers)
    }

    /// What shows in a minute that nothing is worse than it was.
    package static let short = SyncSettings {
        $0.services = 5000
        $0.changes = 10
        $0.slowRounds = 2
    }
}
