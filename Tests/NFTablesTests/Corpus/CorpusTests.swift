import NFTables
import Platform
import TestSupport
import Testing

@Suite("What Weft writes is what nft writes", .requiresRoot)
struct CorpusTests {
    @Test("written, listed, reloaded and read", arguments: Corpus.cases)
    func roundTrip(_ ruleset: RulesetCase) throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        let theirs = try lab.host("theirs")

        let written = try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
            return try kernel.readable(ruleset.table.name)
        }
        #expect(written == ruleset.expected, "what the kernel holds is what was written")

        let listed = try ours.nft("list ruleset").timeless
        guard ruleset.nft != .cannotRead else { return }
        try theirs.nft(file: listed)
        let relisted = try theirs.nft("list ruleset").timeless
        #expect(relisted == listed, "nft reads what it printed of ours")

        guard ruleset.nft == .writesTheSame else { return }
        let reloaded = try theirs.run {
            var kernel = try KernelRuleset()
            return try kernel.readable(ruleset.table.name)
        }
        #expect(reloaded == written, "nft's own writing is the same as ours:\n\(listed)")
    }
}

extension KernelRuleset {
    /// All of a table without what no two readings share.
    mutating func readable(_ table: TableName) throws(NFTablesError) -> RulesetContents? {
        try contents(of: table).map(RulesetContents.init)
    }
}

/// What a table holds, comparable between two kernels: no handles, no clocks, no hash order.
struct RulesetContents: Equatable {
    var table: Table
    var chains: Set<Chain>
    var rules: [Rule]
    var sets: [NamedSet: Set<Element>]

    init(_ contents: TableContents) {
        table = contents.table
        chains = Set(contents.chains)
        rules = contents.rules.map(\.rule)
        sets = Dictionary(
            uniqueKeysWithValues: contents.sets.map { ($0.set, Set($0.elements.map(\.timeless))) })
    }

    init(_ ruleset: RulesetCase) {
        table = ruleset.table
        chains = Set(ruleset.chains)
        rules = ruleset.rules
        sets = Dictionary(
            uniqueKeysWithValues: ruleset.sets.map { ($0.set, Set($0.elements.map(\.timeless))) })
    }
}

extension RulesetCase {
    var expected: RulesetContents? { RulesetContents(self) }
}

extension String {
    /// A listing without the time that elements have left.
    var timeless: String { replacing(#/ expires [0-9a-z]+/#, with: "") }
}

extension Element {
    /// The element without the time it has left.
    var timeless: Element {
        var element = self
        element.expiration = nil
        return element
    }
}

extension Host {
    @discardableResult
    func nft(_ arguments: String) throws -> String {
        try nft(arguments.split(separator: " ").map(String.init), input: "")
    }

    func nft(file: String) throws { _ = try nft(["-f", "-"], input: file) }

    private func nft(_ arguments: [String], input: String) throws -> String {
        try run {
            let outcome = try Program("nft", arguments, input: Array(input.utf8)).run()
            let output = String(decoding: outcome.output, as: UTF8.self)
            guard outcome.status.isSuccess else {
                let errors = String(decoding: outcome.errors, as: UTF8.self)
                throw LabError("nft \(arguments.joined(separator: " ")): \(errors)\n\(input)")
            }
            return output
        }
    }
}
