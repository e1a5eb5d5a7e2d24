import NFTables
import Platform
import TestSupport
import Testing

@Suite("What is printed for nft is what nft reads", .requiresRoot)
struct ReloadTests {
    @Test("a service proxy's rules", arguments: [ProxyRuleset.ip4, ProxyRuleset.ip6])
    func proxy(_ ruleset: String) throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.nft(file: ruleset)
        let text = try ours.printed()
        #expect(!text.contains("#"), "nothing is beyond words:\n\(text)")

        let theirs = try lab.host("theirs")
        try theirs.nft(file: text)
        #expect(try theirs.nft("list ruleset") == ours.nft("list ruleset"), "\(text)")
        #expect(try theirs.printed() == text)
    }

    @Test("every construct, or it says that it cannot", arguments: Corpus.cases)
    func corpus(_ ruleset: RulesetCase) throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
        }
        let text = try ours.printed()
        let theirs = try lab.host("theirs")
        try theirs.nft(file: text)
        let isComplete = !text.contains("# cannot be written as nft text: ")
        #expect(isComplete == !Self.beyondWords.contains(ruleset.title), "\(text)")
        guard isComplete else { return }
        let isSame = try theirs.contents(of: ruleset) == ours.contents(of: ruleset)
        #expect(isSame || ruleset.nft != .writesTheSame, "expression by expression:\n\(text)")
        let listed = try ours.nft("list ruleset").timeless
        #expect(try theirs.nft("list ruleset").timeless == listed, "\(text)")
    }

    @Test("every construct, as the transaction that makes it", arguments: Corpus.cases)
    func transactions(_ ruleset: RulesetCase) throws {
        guard !Self.beyondWords.contains(ruleset.title) else { return }
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
        }
        let theirs = try lab.host("theirs")
        let text = ruleset.transaction.nftText
        try theirs.nft(file: text)
        let listed = try ours.nft("list ruleset").timeless
        #expect(try theirs.nft("list ruleset").timeless == listed, "\(text)")
    }

    /// The cases that hold something nft has no words for.
    static let beyondWords: Set<String> = [
        "network to host order", "the control group of a socket",
    ]
}

extension Host {
    fileprivate func contents(of ruleset: RulesetCase) throws -> RulesetContents? {
        try run {
            var kernel = try KernelRuleset()
            return try kernel.readable(ruleset.table.name)
        }
    }

    /// All tables as Weft prints them.
    fileprivate func printed() throws -> String {
        try run {
            var kernel = try KernelRuleset()
            var text = ""
            for table in try kernel.tables(nil) {
                text += try kernel.contents(of: table.name)?.nftText ?? ""
            }
            return text
        }
    }
}
