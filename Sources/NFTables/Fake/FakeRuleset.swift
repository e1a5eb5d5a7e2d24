/// A ruleset in memory that accepts, refuses and lists as Linux 6.18 does.
///
/// It stands in for the kernel of one network namespace, as one socket sees it. Every command has
/// the kernel's outcome: the same error number at the same command, nothing changed by a
/// transaction that fails, the same rule handles, and the generation raised by one for a
/// transaction that does anything. Time passes only by `advance`.
///
/// What it does not do as the kernel does:
/// - No packet passes through it: counters stay, `dynset` adds nothing.
/// - A failed transaction leaves nothing behind. The kernel has then used up rule handles, and has
///   given a set without a size the size 65535 when a `dynset` was tried on it.
/// - Elements vanish the moment they expire; the kernel counts them towards the size, and keeps
///   chains they lead to, until it collects them. Milliseconds are not rounded to its tick.
/// - Elements are listed in an order of its own; the kernel's is that of its hash.
/// - Where a verdict map leads to chains that are wrong in different ways, the error may be
///   another one's: the kernel takes the first in the order of its hash.
/// - Memory and table sizes never end: no rule is too long in bytes, no hook has too many chains.
/// - Taking an interval out, putting it back and taking it out again in one transaction works; the
///   kernel's tree finds it or not depending on its shape.
package struct FakeRuleset: Ruleset, Sendable {
    var tables: [TableName: FakeTable] = [:]
    var generationNumber: UInt32 = 1
    /// The handle of the table made last.
    var lastTable: UInt64 = 0
    /// Milliseconds since the ruleset began.
    var now: UInt64 = 0
    /// Counts elements, to tell apart those with one key.
    var lastElement: UInt64 = 0
    var pending = PendingChanges()

    package init() {}

    package mutating func apply(
        _ transaction: Transaction, ifGeneration generation: UInt32?
    ) throws(NFTablesError) {
        guard !transaction.isEmpty else { return }
        // What no message can carry is refused before the kernel would see it.
        _ = try Batch(transaction, firstSequence: 1, ifGeneration: generation)
        // The kernel takes generation 0 for "any".
        if let generation, generation != 0, generation != generationNumber {
            throw NFTablesError(.generationMismatch, "apply transaction")
        }
        pending = PendingChanges()
        guard let invalid = try attempt(transaction) else { return }
        try attemptValidating(transaction, invalid)
    }

    /// Lets time pass: elements whose timeouts run out are gone.
    package mutating func advance(by time: Duration) {
        let milliseconds = Int64(time / .milliseconds(1))
        now += UInt64(max(0, milliseconds))
        for name in tables.keys { removeExpired(from: name) }
    }
}
