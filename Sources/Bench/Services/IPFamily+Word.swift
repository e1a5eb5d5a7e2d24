package import Network

extension IPFamily {
    /// The family as identities name it.
    package var word: String { self == .v4 ? "v4" : "v6" }

    package init?(word: String) {
        guard let family = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = family
    }
}
