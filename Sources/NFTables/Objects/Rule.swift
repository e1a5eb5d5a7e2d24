/// A rule: expressions that are evaluated in order until one says no or decides.
package struct Rule: Hashable, Sendable {
    package var chain: ChainName
    package var expressions: [Expression]
    package var comment: String?

    /// NFT_RULE_MAXEXPRS.
    static let maximumExpressions = 128

    package init(_ chain: ChainName, _ expressions: [Expression], comment: String? = nil) {
        self.chain = chain
        self.expressions = expressions
        self.comment = comment
    }
}

/// The kernel's number of a rule, unique in its table.
package struct RuleHandle: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// A rule as it stands in a ruleset, with the handle that replaces or deletes it.
package struct InstalledRule: Hashable, Sendable {
    package let handle: RuleHandle
    package let rule: Rule

    package init(handle: RuleHandle, rule: Rule) {
        self.handle = handle
        self.rule = rule
    }
}
