/// One step of a transaction.
package enum Command: Hashable, Sendable {
    /// Whether a command minds the object's being there, or not being there, already.
    package enum Existence: Hashable, Sendable {
        /// Adding what exists, and deleting what does not, is fine.
        case tolerant
        /// Adding what exists, and deleting what does not, fails the transaction.
        case strict
    }

    /// Where a new rule goes in its chain.
    package enum Placement: Hashable, Sendable {
        case last
        case first
        case after(RuleHandle)
        case before(RuleHandle)
    }

    case addTable(Table, Existence)
    case deleteTable(TableName, Existence)
    /// Deletes all rules of all chains of the table.
    case flushTable(TableName)

    case addChain(Chain, Existence)
    case deleteChain(ChainName, Existence)
    /// Deletes all rules of the chain.
    case flushChain(ChainName)

    case addRule(Rule, Placement)
    case replaceRule(RuleHandle, Rule)
    case deleteRule(ChainName, RuleHandle)

    case addSet(NamedSet, Existence)
    case deleteSet(SetName, Existence)
    /// Deletes all elements of the set.
    case flushSet(SetName)

    case addElements(ElementList, ElementTarget, Existence)
    case deleteElements(ElementList, ElementTarget, Existence)
}

/// The set that elements go to, what their bytes mean, and how it wants its intervals.
package struct ElementTarget: Hashable, Sendable {
    package let set: SetName
    let types: ElementTypes
    /// Whether an interval is two elements, its first key and the key after its last.
    let splitsIntervals: Bool

    package init(_ set: NamedSet) {
        self.set = set.name
        types = set.elementTypes
        splitsIntervals = set.splitsIntervals
    }
}
