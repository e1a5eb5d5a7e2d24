import NFTables
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Random transactions` {
    /// WEFT_RANDOM_STEPS=100000 looks longer; WEFT_RANDOM_SEED repeats a fault.
    private static let steps = Int(Environment.value(of: "WEFT_RANDOM_STEPS") ?? "") ?? 200
    private static let firstSeed = UInt64(Environment.value(of: "WEFT_RANDOM_SEED") ?? "") ?? 1
    private static let seeds = 16

    @Test func `have the same outcome in the kernel and the fake`() throws {
        let seeds = (0..<UInt64(Self.seeds)).map { Self.firstSeed + $0 }
        let found = try faults(among: seeds) { try RandomRun(seed: $0).fault(steps: Self.steps) }
        #expect(found == [])
    }
}

/// Random transactions on one ruleset and its fake.
private struct RandomRun {
    let seed: UInt64

    /// The first transaction that the two differ about, made as small as it gets.
    func fault(steps: Int) throws -> String? {
        var transactions = RandomTransactions(seed: seed)
        var history = [transactions.beginning]
        var both = try SideBySide()
        _ = try both.difference(after: history[0])
        for step in 0..<steps {
            let transaction = transactions.next(rules: try both.rules())
            if let difference = try both.difference(after: transaction) {
                let (small, reason) = try smallest(transaction, after: history) ?? (transaction, "")
                return "seed \(seed), step \(step):\n\(small)\n\(reason)\nat first: \(difference)"
            }
            if both.lastSucceeded { history.append(transaction) }
        }
        return nil
    }

    /// Leaves commands out one by one while the two still differ.
    private func smallest(
        _ transaction: Transaction, after history: [Transaction]
    ) throws -> (Transaction, String)? {
        guard var reason = try difference(after: history, transaction) else { return nil }
        var commands = transaction.commands
        for index in commands.indices.reversed() where commands.count > 1 {
            var fewer = commands
            fewer.remove(at: index)
            if let other = try difference(after: history, Transaction(commands: fewer)) {
                commands = fewer
                reason = other
            }
        }
        return (Transaction(commands: commands), reason)
    }

    private func difference(
        after history: [Transaction], _ transaction: Transaction
    ) throws -> String? {
        var both = try SideBySide()
        for earlier in history { _ = try both.difference(after: earlier) }
        return try both.difference(after: transaction)
    }
}

extension SideBySide {
    /// The fake's rules, by whose handles transactions name them.
    fileprivate mutating func rules() throws -> [InstalledRule] {
        var rules = [InstalledRule]()
        for table in try fake.tables(nil) {
            rules += try fake.rules(in: table.name, chain: nil)
        }
        return rules
    }
}
