import Netlink
import Platform

/// A place that holds nftables objects: the kernel of a network namespace, or a fake one.
package protocol Ruleset: ~Copyable {
    /// Applies all of a transaction, or nothing and throws.
    ///
    /// With a generation given, it is applied only if the ruleset is still at that generation.
    mutating func apply(
        _ transaction: Transaction, ifGeneration generation: UInt32?
    ) throws(NFTablesError)

    /// The number of changes the ruleset has seen.
    mutating func generation() throws(NFTablesError) -> UInt32

    /// The tables of one family, or of all.
    mutating func tables(_ family: Family?) throws(NFTablesError) -> [Table]

    mutating func chains(in table: TableName) throws(NFTablesError) -> [Chain]

    /// The rules of one chain, or of all chains of the table, in order of evaluation.
    mutating func rules(
        in table: TableName, chain: String?
    ) throws(NFTablesError) -> [InstalledRule]

    mutating func sets(in table: TableName) throws(NFTablesError) -> [NamedSet]

    /// The elements of a set; intervals are joined, the order is the kernel's.
    mutating func elements(of set: NamedSet) throws(NFTablesError) -> [Element]

    /// The elements of a large set as the kernel stores them, packed; intervals are not joined.
    mutating func elementLists(of set: NamedSet) throws(NFTablesError) -> [ElementList]
}

extension Ruleset where Self: ~Copyable {
    package mutating func elementLists(
        of set: NamedSet
    ) throws(NFTablesError) -> [ElementList] {
        [ElementList(try elements(of: set))]
    }
}

/// All that a table holds.
package struct TableContents: Hashable, Sendable {
    package var table: Table
    package var chains: [Chain]
    package var rules: [InstalledRule]
    package var sets: [Contents]

    /// A set with its elements.
    package struct Contents: Hashable, Sendable {
        package var set: NamedSet
        package var elements: [Element]
    }
}

extension Ruleset where Self: ~Copyable {
    package mutating func apply(_ transaction: Transaction) throws(NFTablesError) {
        try apply(transaction, ifGeneration: nil)
    }

    /// How often a reading that a change came between is repeated.
    private static var readAttempts: Int { 16 }

    /// All that a table holds at one generation, or nil when there is no such table.
    package mutating func contents(
        of name: TableName
    ) throws(NFTablesError) -> TableContents? {
        for _ in 0..<Self.readAttempts {
            let before = try generation()
            let contents: TableContents?
            do throws(NFTablesError) {
                contents = try read(name)
            } catch  where error.errno == .noSuchEntry {
                // An object went between being listed and being read.
                continue
            }
            if try generation() == before { return contents }
        }
        throw NFTablesError(.netlink(.interrupted), "read table \(name)")
    }

    private mutating func read(_ name: TableName) throws(NFTablesError) -> TableContents? {
        guard let table = try tables(name.family).first(where: { $0.name == name }) else {
            return nil
        }
        var sets = [TableContents.Contents]()
        for set in try self.sets(in: name) {
            sets.append(.init(set: set, elements: try elements(of: set)))
        }
        return TableContents(
            table: table, chains: try chains(in: name), rules: try rules(in: name, chain: nil),
            sets: sets)
    }
}
