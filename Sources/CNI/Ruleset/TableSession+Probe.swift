import NFTables

extension TableSession {
    /// Throws when no table could be made now.
    static func probe() throws(CNIError) {
        do throws(NFTablesError) {
            var ruleset = try KernelRuleset()
            _ = try ruleset.generation()
        } catch {
            throw CNIError(
                .notAvailable, "nftables cannot be used", details: "\(error)")
        }
    }
}
