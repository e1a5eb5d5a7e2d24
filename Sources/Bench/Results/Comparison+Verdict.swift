extension Comparison {
    /// What is to be said of a figure that was measured twice.
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// The intervals overlap: chance alone explains the difference.
        case noise
        case better
        case worse
        /// They do not overlap, but of so few rounds that chance may explain that too.
        case unsure
    }
}

extension Comparison.Pair {
    package var verdict: Comparison.Verdict {
        switch before.difference(from: after) {
        case .none: return .noise
        case .unsure: return .unsure
        case .certain:
            let isLess = after.value < before.value
            return isLess == (subject.quantity.better == .less) ? .better : .worse
        }
    }

    /// By what part of what it was it changed; nil from zero on.
    package var change: Double? {
        before.value == 0 ? nil : (after.value - before.value) / before.value.magnitude
    }
}

extension Comparison {
    package func count(_ verdict: Verdict, of pairs: [Pair]) -> Int {
        pairs.count { $0.verdict == verdict }
    }

    package var becameWorse: Bool { (figures + ratios).contains { $0.verdict == .worse } }

    /// In a line: how many figures and ratios agree.
    package var summary: String {
        [("figures", figures), ("ratios", ratios)].map { name, pairs in
            let others = Verdict.allCases.filter { $0 != .noise && count($0, of: pairs) > 0 }
                .map { ", \(count($0, of: pairs)) \($0.rawValue)" }
            return "\(count(.noise, of: pairs)) of \(pairs.count) \(name) agree"
                + others.joined()
        }.joined(separator: "; ")
    }
}
