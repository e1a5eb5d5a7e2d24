/// How the suite `cni` is run.
package struct PodSettings: Hashable, Sendable {
    package var rounds = 10
    /// Pods that are added in each round.
    package var pods = 10
    /// How many pods there are already, where their number is what matters.
    package var residents = [1, 100, 1000]
    /// How many addresses are taken already, where their number is what matters.
    package var leases = [0, 1000, 4000, 10_000]
    /// How many callers add pods at the same time, where that is what matters.
    package var callers = 16
    package var isShort = false
    /// Our own plugin's program.
    package var plugin: String
    /// The directory of the reference plugins.
    package var reference: String
    /// Where leases are kept meanwhile: on the disk where nodes have theirs.
    package var state = "/var/lib"

    package static let standardReference = "/usr/lib/cni"
    /// The reference needs seconds for a pod's life, and grows with them.
    static let mostReferenceResidents = 100
    package static let mostPods = 20_000
    /// What the pods' network has addresses for, with some to spare.
    package static let mostLeases = 60_000

    package init(plugin: String, reference: String = standardReference) {
        self.plugin = plugin
        self.reference = reference
    }
}

extension PodSettings {
    /// From one pod, and no lease, to so many.
    package mutating func grow(toPods pods: Int, leases: Int) {
        residents = residents.filter { $0 < pods } + [pods]
        self.leases = self.leases.filter { $0 < leases } + [leases]
    }

    /// What is run to see that nothing has become worse.
    package mutating func shorten() {
        isShort = true
        rounds = min(rounds, 6)
        pods = 3
        residents = [1, 100]
        leases = [0, 4000]
        callers = 8
    }
}
