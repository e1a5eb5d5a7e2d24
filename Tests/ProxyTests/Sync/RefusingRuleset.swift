import NFTables
import Netlink
import Platform

/// A ruleset in memory that refuses some of what it is asked for.
struct RefusingRuleset: Ruleset {
    private var base = FakeRuleset()
    /// Words of a transaction that is refused, as long as they are here.
    var refusedWords: String?
    /// What the next transactions, and the next readings, fail with.
    var nextErrors: [NFTablesError.Code] = []
    var readErrors: [NFTablesError.Code] = []
    /// How many transactions there were, refused ones too.
    private(set) var attempts = 0

    mutating func apply(
        _ transaction: Transaction, ifGeneration generation: UInt32?
    ) throws(NFTablesError) {
        attempts += 1
        if !nextErrors.isEmpty { throw NFTablesError(nextErrors.removeFirst(), "apply") }
        if let refusedWords, transaction.description.contains(refusedWords) {
            throw NFTablesError(.refused(.busy), "apply")
        }
        try base.apply(transaction, ifGeneration: generation)
    }

    mutating func generation() throws(NFTablesError) -> UInt32 { try base.generation() }

    mutating func tables(_ family: Family?) throws(NFTablesError) -> [Table] {
        if !readErrors.isEmpty { throw NFTablesError(readErrors.removeFirst(), "list tables") }
        return try base.tables(family)
    }

    mutating func chains(in table: TableName) throws(NFTablesError) -> [Chain] {
        try base.chains(in: table)
    }

    mutating func rules(
        in table: TableName, chain: String?
    ) throws(NFTablesError) -> [InstalledRule] {
        try base.rules(in: table, chain: chain)
    }

    mutating func sets(in table: TableName) throws(NFTablesError) -> [NamedSet] {
        try base.sets(in: table)
    }

    mutating func elements(of set: NamedSet) throws(NFTablesError) -> [Element] {
        try base.elements(of: set)
    }
}
