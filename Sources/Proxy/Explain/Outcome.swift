import Network

/// What becomes of connections of one kind, as shares: they take turns.
struct Outcome: Hashable, Sendable {
    /// How many turns end in which way.
    private(set) var turns: [Ending: Int] = [:]

    struct Ending: Hashable, Sendable {
        var fate: Fate
        var isMasqueraded = false
    }

    enum Fate: Hashable, Sendable {
        case untouched
        case dropped
        case refused
        case translated(BackendEndpoint)
    }

    mutating func add(_ ending: Ending) { turns[ending, default: 0] += 1 }

    static func all(_ fate: Fate) -> Outcome {
        var outcome = Outcome()
        outcome.add(Ending(fate: fate))
        return outcome
    }
}

extension Outcome {
    var total: Int { turns.values.reduce(0, +) }

    /// What differs between this, which should be, and that, which is.
    func differences(from other: Outcome) -> [String] {
        let (wanted, found) = (fates, other.fates)
        var texts = [String]()
        for (fate, count) in wanted.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let there = found[fate] ?? 0
            if there * total == count * other.total { continue }
            texts.append(
                "\(fate): \(Self.share(there, other.total)), and should be "
                    + Self.share(count, total))
        }
        for fate in found.keys.map(\.description).sorted()
        where !wanted.keys.contains(where: { $0.description == fate }) {
            texts.append("\(fate), and should not be")
        }
        return texts + masqueradeDifferences(from: other)
    }

    private var fates: [Fate: Int] {
        Dictionary(turns.map { ($0.key.fate, $0.value) }, uniquingKeysWith: +)
    }

    private static func share(_ count: Int, _ total: Int) -> String {
        count == 0 ? "never" : count == total ? "always" : "\(count) of \(total) turns"
    }

    private func masqueradeDifferences(from other: Outcome) -> [String] {
        other.turns.keys.compactMap { ending in
            let opposite = Ending(fate: ending.fate, isMasqueraded: !ending.isMasqueraded)
            guard turns[ending] == nil, turns[opposite] != nil else { return nil }
            return ending.isMasqueraded
                ? "\(ending.fate): is masqueraded, and should not be"
                : "\(ending.fate): is not masqueraded, and should be"
        }.sorted()
    }
}

extension Outcome.Fate: CustomStringConvertible {
    var description: String {
        switch self {
        case .untouched: "is left alone"
        case .dropped: "is dropped"
        case .refused: "is refused"
        case .translated(let backend): "goes to \(backend)"
        }
    }
}

extension BackendEndpoint: CustomStringConvertible {
    var description: String { "\(Backend(address, port: port, isLocal: false))" }
}
