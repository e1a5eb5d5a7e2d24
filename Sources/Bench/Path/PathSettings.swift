/// How often and how long paths are measured.
package struct PathSettings: Hashable, Sendable {
    package var sections = PathSection.standard
    package var rounds = 10
    /// Of one round of one subject.
    package var duration = Duration.milliseconds(250)
    /// Into how many parts the rounds are divided, for each of which everything is built anew.
    ///
    /// Where in memory a table lies, and which number a hash is seeded with, makes a difference of
    /// some percent that no number of rounds in one sitting shows.
    package var sittings = 2

    /// Programs of others that a user has.
    package private(set) var peers = PeerPaths()

    package init() {}

    /// Measures the programs that a user has beside the others of some sections.
    package mutating func add(_ peers: PeerPaths, where takes: (PathSection) -> Bool) {
        self.peers = peers
        for index in sections.indices where takes(sections[index]) {
            sections[index].programs = sections[index].programs.with(peers)
        }
    }

    /// How many rounds each sitting has.
    var parts: [Int] { Sittings(sittings, rounds: rounds).shares }
}
