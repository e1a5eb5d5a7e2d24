/// A table with all it holds.
struct FakeTable: Sendable {
    var table: Table
    /// Tables are listed in the order of their handles.
    let handle: UInt64
    /// The handle given last: chains, rules and sets are numbered together.
    var lastHandle: UInt64 = 0
    var chains: [String: FakeChain] = [:]
    var sets: [String: FakeSet] = [:]
}

/// A chain with its rules.
struct FakeChain: Sendable {
    var chain: Chain
    let handle: UInt64
    var rules: [FakeRule] = []
    /// The jumps and gotos that lead here.
    var references = 0

    /// Whether deletions of rules wait for the commit.
    var hasDeletedRules = false
}

struct FakeRule: Sendable {
    let handle: UInt64
    var rule: Rule
    /// A deleted rule still marks a position until the transaction is committed.
    var isDeleted = false
}

/// A set with its elements.
struct FakeSet: Sendable {
    var set: NamedSet
    let handle: UInt64
    /// The expressions of rules that use the set.
    var uses = 0
    /// The same, those of rules that are deleted in this transaction included.
    var bindings = 0
    var elements: any ElementStorage
    var catchAll: FakeElement?
    /// The chains that elements lead to, and how many lead there.
    var targets: [String: Int] = [:]
}

extension FakeSet {
    init(_ set: NamedSet, handle: UInt64) {
        self.set = set
        self.handle = handle
        elements =
            if set.splitsIntervals {
                IntervalElements(isAnonymous: set.flags.contains(.anonymous))
            } else if set.flags.contains(.interval) { RangeElements(set.key) } else {
                KeyedElements()
            }
    }
}
