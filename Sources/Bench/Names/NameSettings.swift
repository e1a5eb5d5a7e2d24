/// How the suite `dns` is run.
package struct NameSettings: Hashable, Sendable {
    package var services = 10_000
    /// Of each service.
    package var endpoints = 10
    /// How many threads of each server answer.
    package var threads = 2
    /// How many threads ask.
    package var loaders = 1
    package var sockets = 16
    /// Questions a second where their number is fixed.
    package var rate = 20_000
    /// Questions without an answer at any time where it is not.
    package var outstanding = 1000
    /// Endpoints that change each second.
    package var changes = 200
    /// How long a server is asked in each round.
    package var duration = Duration.seconds(2)
    package var rounds = 10
    /// How often servers are started anew in all the rounds.
    package var sittings = 2
    package var parts = Set(Part.allCases)
    /// Only what fits into a minute.
    package var isShort = false
    /// The program that `weft dns` is run of.
    package var weft: String
    /// Programs that are given, by name.
    package var peers = PeerPaths()

    /// What is measured: names of the cluster itself, others from caches, and the cluster's while
    /// endpoints change.
    package enum Part: String, Hashable, Sendable, CaseIterable { case cluster, cache, churn }

    package init(weft: String) { self.weft = weft }

    /// Fewer services do not have every kind.
    package static let fewestServices = 100
    /// Programs that can be given.
    package static let peerNames = NamePrograms.names
}

extension NameSettings {
    /// What is run to see that nothing has become worse.
    package mutating func shorten() {
        isShort = true
        services = min(services, 1000)
        duration = .milliseconds(500)
        rounds = min(rounds, 6)
        sittings = 1
    }
}
