import NFTables
import Synchronization

/// The connection to nftables that the parts of one call share, and that ends with the call.
///
/// The kernel frees what a transaction deleted after a while, and closing any netfilter socket
/// waits for that, for some 12 ms. DEL goes on to delete the link, which takes longer still: what
/// is closed at its end waits for nothing any more.
package final class RulesetConnection: Sendable {
    private let ruleset = Mutex<KernelRuleset?>(nil)

    package init() {}

    func apply(_ transaction: Transaction) throws(NFTablesError) {
        try use { (ruleset: inout KernelRuleset) throws(NFTablesError) in
            try ruleset.apply(transaction)
        }
    }

    func elements(of set: NamedSet) throws(NFTablesError) -> [Element] {
        try use { (ruleset: inout KernelRuleset) throws(NFTablesError) in
            try ruleset.elements(of: set)
        }
    }

    func sets(in table: TableName) throws(NFTablesError) -> [NamedSet] {
        try use { (ruleset: inout KernelRuleset) throws(NFTablesError) in
            try ruleset.sets(in: table)
        }
    }

    func chains(in table: TableName) throws(NFTablesError) -> [Chain] {
        try use { (ruleset: inout KernelRuleset) throws(NFTablesError) in
            try ruleset.chains(in: table)
        }
    }

    func rules(in table: TableName) throws(NFTablesError) -> [InstalledRule] {
        try use { (ruleset: inout KernelRuleset) throws(NFTablesError) in
            try ruleset.rules(in: table, chain: nil)
        }
    }

    /// Opens the connection with its first use.
    private func use<Value>(
        _ body: (inout KernelRuleset) throws(NFTablesError) -> Value
    ) throws(NFTablesError) -> Value {
        try ruleset.withLock { (held: inout KernelRuleset?) throws(NFTablesError) in
            var ruleset: KernelRuleset
            if let open = held.take() { ruleset = open } else { ruleset = try KernelRuleset() }
            do throws(NFTablesError) {
                let value = try body(&ruleset)
                held = consume ruleset
                return value
            } catch {
                held = consume ruleset
                throw error
            }
        }
    }
}
