import NFTables
import Platform

extension TableSession {
    /// Removes the elements whose owner is meant, what only they needed, and with the last
    /// element the table; tells which went.
    mutating func remove(
        _ kinds: [PodMap.Kind], where isMeant: (_ owner: String) -> Bool
    ) throws(CNIError) -> [InstalledElement] {
        let present = try elements(of: kinds)
        let removed = present.filter { $0.owner.map(isMeant) ?? false }
        // A transaction that finds nothing to delete costs as much as one that fails: 14 ms were
        // measured, for the kernel waits until nobody can see any more what it takes back.
        if removed.isEmpty { return [] }
        let kept = present.filter { !($0.owner.map(isMeant) ?? false) }
        if kept.isEmpty, try isEmpty(PodMap.Kind.allCases.filter { !kinds.contains($0) }) {
            try removeTable()
        } else {
            let chains = Set(removed.compactMap(\.chain)).subtracting(kept.compactMap(\.chain))
            try remove(removed, chains)
        }
        return removed
    }

    private mutating func isEmpty(_ kinds: [PodMap.Kind]) throws(CNIError) -> Bool {
        for map in try maps(kinds) where try !elements(of: map).isEmpty { return false }
        return true
    }

    private mutating func removeTable() throws(CNIError) {
        var transaction = Transaction()
        transaction.delete(SuiteTable.name)
        do throws(NFTablesError) {
            try ruleset.apply(transaction)
        } catch  where error.errno == .noSuchEntry {
            // There was none.
        } catch {
            throw CNIError(error)
        }
    }

    private mutating func remove(
        _ elements: [InstalledElement], _ chains: Set<String>
    ) throws(CNIError) {
        var transaction = Transaction()
        transaction.delete(elements)
        let withoutChains = transaction
        for name in chains.flatMap(PodChain.names) { transaction.delete(SuiteTable.chain(name)) }
        for map in Set(elements.map(\.map)) where map.chain.map(chains.contains) ?? false {
            transaction.delete(map.set.name)
        }
        do throws(NFTablesError) {
            do throws(NFTablesError) {
                try ruleset.apply(transaction)
            } catch  where error.errno == .busy {
                // Somebody's own rule or element has to do with one of the chains.
                try ruleset.apply(withoutChains)
            }
        } catch {
            throw CNIError(error)
        }
    }
}
