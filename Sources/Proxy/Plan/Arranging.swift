import Network

// In which order the backends of a list take turns.

extension Balancing {
    var rotationKind: Rotation.Kind {
        switch self {
        case .roundRobin, .weighted: .inTurn
        case .random: .random
        case .sourceHash: .bySource
        }
    }

    /// Who takes which turn, when the list was arranged in another way before.
    func turns(of backends: [Backend], after old: [Backend], start: Int) -> [Backend] {
        switch self {
        case .roundRobin, .random: TurnOrder.keeping(old, backends, start: start)
        case .weighted: TurnOrder.weighted(backends)
        case .sourceHash: TurnOrder.hashed(backends)
        }
    }
}

enum TurnOrder {
    /// Who was there keeps the turn if as many are there now, so that the fewest elements change.
    ///
    /// In another rotation the order stays but begins elsewhere: were it the same on all nodes and
    /// after each change, the first backends would get more than their share.
    static func keeping(_ old: [Backend], _ backends: [Backend], start: Int) -> [Backend] {
        var left = Dictionary(
            backends.map { ($0.endpoint, $0) }, uniquingKeysWith: { first, _ in first })
        var order = old.map { left.removeValue(forKey: $0.endpoint) }
        var new = backends.filter { left[$0.endpoint] != nil }.makeIterator()
        if old.count == backends.count {
            for turn in order.indices where order[turn] == nil { order[turn] = new.next() }
            return order.compactMap(\.self)
        }
        let all = order.compactMap(\.self) + IteratorSequence(new)
        guard !all.isEmpty else { return [] }
        let first = start % all.count
        return Array(all[first...] + all[..<first])
    }

    /// As many turns as their weights, spread evenly (S38's successor KEP-6315 counts alike).
    ///
    /// The turns are the same in whatever order the backends are known.
    static func weighted(_ backends: [Backend]) -> [Backend] {
        let backends = backends.sorted { ($0.address, $0.port) < ($1.address, $1.port) }
        let weights = shares(of: backends.map { Int($0.weight) })
        let total = weights.reduce(0, +)
        var credits = [Int](repeating: 0, count: backends.count)
        return (0..<total).compactMap { _ in
            for index in weights.indices { credits[index] += weights[index] }
            guard let next = credits.indices.max(by: { credits[$0] < credits[$1] }) else {
                return nil
            }
            credits[next] -= total
            return backends[next]
        }
    }

    /// The same proportions in the smallest numbers; all alike if all are 0.
    private static func shares(of weights: [Int]) -> [Int] {
        let divisor = weights.reduce(0, greatestCommonDivisor)
        guard divisor > 0 else { return weights.map { _ in 1 } }
        let shares = weights.map { $0 / divisor }
        let total = shares.reduce(0, +)
        guard total > tableLimit else { return shares }
        // Rounded, but nobody with a weight is left out.
        return shares.map { $0 == 0 ? 0 : max(1, $0 * tableLimit / total) }
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }

    /// More turns than this are not worth their memory.
    private static let tableLimit = 4096

    /// Each turn goes to the backend that wins it by a hash of both, so a backend that comes or goes
    /// changes only the turns it wins.
    static func hashed(_ backends: [Backend]) -> [Backend] {
        guard backends.count > 1, backends.count <= hashedLimit else { return backends }
        let seeds = backends.map(\.seed)
        return (0..<tableSize(for: backends.count)).compactMap { turn in
            let scores = seeds.map { mix($0 ^ mix(UInt64(turn))) }
            return scores.indices.max { scores[$0] < scores[$1] }.map { backends[$0] }
        }
    }

    /// Beyond, a table would take longer to fill than it is worth: the list is hashed over itself.
    private static let hashedLimit = tableLimit / 8

    /// Enough turns for even shares, in few sizes so that rotations can be exchanged.
    private static func tableSize(for count: Int) -> Int {
        [128, 1024].first { $0 >= 8 * count } ?? tableLimit
    }

    /// The finalizer of SplitMix64.
    fileprivate static func mix(_ number: UInt64) -> UInt64 {
        var bits = number &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

extension Backend {
    /// The same number on every node.
    fileprivate var seed: UInt64 {
        let start = TurnOrder.mix(UInt64(port))
        return switch address {
        case .v4(let address): TurnOrder.mix(start ^ UInt64(address.rawValue))
        case .v6(let address): TurnOrder.mix(TurnOrder.mix(start ^ address.high) ^ address.low)
        }
    }
}
