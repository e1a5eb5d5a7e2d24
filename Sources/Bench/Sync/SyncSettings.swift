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

    package init(_ change: (inout SyncSettings) -> Void = { _ in }) { change(&self) }

    /// What shows in a minute that nothing is worse than it was.
    package static let short = SyncSettings {
        $0.services = 5000
        $0.changes = 10
        $0.slowRounds = 2
    }
}
