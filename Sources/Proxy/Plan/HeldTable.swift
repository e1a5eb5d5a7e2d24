import NFTables
import Netlink
import Platform

/// What the kernel holds of a table, read at one generation.
struct HeldTable: Sendable {
    let table: ProxyTable
    let generation: UInt32
    /// Nil when there is no such table.
    var contents: Contents?

    struct Contents: Sendable {
        var chains: [String: Held] = [:]
        var sets: [String: NamedSet] = [:]
        var elements: [ProxySet: [ElementList]] = [:]
        /// The sets of plain intervals, joined.
        var networks: [ProxySet: [Element]] = [:]
    }

    struct Held: Sendable {
        let base: Chain.Base?
        var rules: [[Expression]] = []
    }
}

extension HeldTable {
    private static let readAttempts = 16

    /// Reads the table; a change by somebody else meanwhile makes it begin again.
    init(
        _ table: ProxyTable, from ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        for _ in 0..<Self.readAttempts {
            let generation = try ruleset.generation()
            let contents: Contents?
            do throws(NFTablesError) {
                contents = try Self.read(table, from: &ruleset)
            } catch  where error.errno == .noSuchEntry {
                continue
            }
            guard try ruleset.generation() == generation else { continue }
            self.init(table: table, generation: generation, contents: contents)
            return
        }
        throw NFTablesError(.netlink(.interrupted), "read table \(table.name)")
    }

    private static func read(
        _ table: ProxyTable, from ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> Contents? {
        guard try ruleset.tables(table.name.family).contains(where: { $0.name == table.name })
        else { return nil }
        var contents = Contents()
        for chain in try ruleset.chains(in: table.name) {
            contents.chains[chain.name.name] = Held(base: chain.base)
        }
        for installed in try ruleset.rules(in: table.name, chain: nil) {
            let rule = installed.rule
            contents.chains[rule.chain.name]?.rules.append(rule.expressions)
        }
        for set in try ruleset.sets(in: table.name) {
            contents.sets[set.name.name] = set
            guard let known = ProxySet(rawValue: set.name.name) else { continue }
            if set.flags.contains(.interval) {
                contents.networks[known] = try ruleset.elements(of: set)
            } else if !known.isBorrowed {
                contents.elements[known] = try ruleset.elementLists(of: set)
            }
        }
        return contents
    }
}

extension ProxySet {
    /// Whether it holds only what packets under way have lent.
    var isBorrowed: Bool { self == .priorities || self == .connectionMarks }

    /// Whether rules fill it, not we.
    var isDynamic: Bool { isBorrowed || self == .affinity }

    var isOfNetworks: Bool { self == .serviceNetworks || self == .podNetworks }
}

extension HeldTable.Contents {
    /// Whether every set that is there is what it should be: sets cannot be altered.
    func hasSets(of table: ProxyTable) -> Bool {
        ProxySet.allCases.allSatisfy { set in
            sets[set.rawValue].map { $0.isAlike(table.definition(set)) } ?? true
        }
    }
}

extension NamedSet {
    /// Whether both hold the same; the kernel adds properties of its own.
    fileprivate func isAlike(_ other: NamedSet) -> Bool {
        key == other.key && data == other.data && flags == other.flags && size == other.size
            && timeout == other.timeout && expressions.map(\.name) == other.expressions.map(\.name)
    }
}
