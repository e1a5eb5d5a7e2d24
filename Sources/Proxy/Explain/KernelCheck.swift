import NFTables
import Network

/// Compares an explanation with what the kernel's table does.
struct KernelCheck {
    private let held: HeldTable
    private let explainer: Explainer

    init(_ held: HeldTable, _ explainer: Explainer) {
        self.held = held
        self.explainer = explainer
    }

    func finding(for explanation: Explanation) -> KernelFinding {
        guard let contents = held.contents else {
            return .differs(
                ["there is no table \(held.table.name): no proxy has been here"], path: [],
                boundTo: nil)
        }
        guard contents.hasSets(of: held.table) else {
            return .differs(
                ["its sets are of other types or sizes: by another version, or other settings"],
                path: [], boundTo: nil)
        }
        var walk = RulesetWalk(contents, of: held.table, isLocal: explainer.isLocal)
        walk.sets.ignoresAffinity = true
        walk.walk(explanation.connection)
        if let obstacle = walk.obstacle {
            return .differs([obstacle], path: walk.path, boundTo: nil)
        }
        var texts = explanation.outcome.differences(from: walk.outcome)
        texts += choiceDifferences(explanation, walk)
        texts += ruleDifferences(contents, walk.visited)
        let bound = bound(explanation, contents)
        if let bound, explanation.outcome.turns.keys.allSatisfy({ $0.fate != bound.fate }) {
            texts.append("the client is bound to what is no backend: it \(bound.fate)")
        }
        let name = bound.map { "\($0.fate)" }
        return texts.isEmpty
            ? .agrees(path: walk.path, boundTo: name)
            : .differs(texts, path: walk.path, boundTo: name)
    }
}

extension KernelCheck {
    /// How it chooses, and whether it remembers.
    private func choiceDifferences(_ explanation: Explanation, _ walk: RulesetWalk) -> [String] {
        var texts = [String]()
        if let kind = explanation.kind, walk.kinds != [kind] {
            let found = walk.kinds.map(\.words).sorted().joined(separator: ", ")
            texts.append(
                "it chooses \(found.isEmpty ? "nothing" : found), and should choose \(kind.words)")
        }
        let chains = walk.visited.filter { $0.hasPrefix(ProxyTable.affinityPrefix) }
        let wanted = Set([explanation.affinityChain].compactMap(\.self))
        if chains != wanted {
            texts.append(
                "clients are remembered by \(Self.list(chains)), and should be by "
                    + Self.list(wanted))
        }
        return texts
    }

    private static func list(_ chains: Set<String>) -> String {
        chains.isEmpty ? "no chain" : "chain " + chains.sorted().joined(separator: ", ")
    }

    /// Chains on the way whose rules are others than the proxy writes.
    private func ruleDifferences(
        _ contents: HeldTable.Contents, _ visited: Set<String>
    ) -> [String] {
        var known = held.table.chains
        for seconds in Set(visited.compactMap(ProxyTable.affinitySeconds(ofChain:))) {
            known += held.table.affinityChains(seconds)
        }
        let own = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return visited.sorted().compactMap { name in
            guard let chain = own[name], let there = contents.chains[name],
                there.rules != chain.rules || there.base != chain.base
            else { return nil }
            return "chain \(name) has other rules than the proxy writes"
        }
    }

    /// Where the client goes by what the kernel remembers of it.
    private func bound(
        _ explanation: Explanation, _ contents: HeldTable.Contents
    ) -> Outcome.Ending? {
        guard explanation.affinityChain != nil, explanation.connection.source != nil else {
            return nil
        }
        var walk = RulesetWalk(contents, of: held.table, isLocal: explainer.isLocal)
        walk.walk(explanation.connection)
        guard walk.kinds.isEmpty, walk.outcome.total == 1 else { return nil }
        return walk.outcome.turns.keys.first
    }
}

extension Rotation.Kind {
    fileprivate var words: String {
        switch self {
        case .inTurn: "by turns"
        case .random: "at random"
        case .bySource: "by the client's address"
        }
    }
}
