import NFTables
import Platform

extension TableSession {
    /// How much of the table is written besides elements: more each time the kernel misses some.
    private enum Preparation: CaseIterable {
        case nothing
        case podChains
        case everything
    }

    /// Puts an owner's elements into the table.
    ///
    /// Almost always one transaction of elements alone does it; what is in the way is looked at
    /// only when the kernel says that something is. `refuse` throws for an element of somebody
    /// else that must not be replaced.
    mutating func install(
        _ elements: [PodElement], of owner: String,
        refuse: (InstalledElement) throws(CNIError) -> Void = { _ throws(CNIError) in }
    ) throws(CNIError) {
        var inTheWay: [InstalledElement] = []
        var preparations = Preparation.allCases[...]
        while true {
            let transaction = Self.transaction(
                preparations.first ?? .everything, elements, of: owner, replacing: inTheWay)
            do throws(NFTablesError) {
                return try ruleset.apply(transaction)
            } catch  where error.errno == .noSuchEntry && preparations.count > 1 {
                preparations.removeFirst()
            } catch  where error.meansTaken && inTheWay.isEmpty {
                inTheWay = try obstacles(to: elements)
                for obstacle in inTheWay where obstacle.owner != owner { try refuse(obstacle) }
            } catch {
                throw CNIError(error)
            }
        }
    }

    private static func transaction(
        _ preparation: Preparation, _ elements: [PodElement], of owner: String,
        replacing inTheWay: [InstalledElement]
    ) -> Transaction {
        var transaction = Transaction()
        if preparation == .everything { transaction.writeSuiteTable() }
        if preparation != .nothing {
            for map in Set(elements.map(\.map)) where map.chain != nil { transaction.add(map.set) }
            transaction.write(Set(elements.compactMap(\.chain)).flatMap(\.chains))
        }
        transaction.delete(inTheWay)
        transaction.add(elements, of: owner)
        return transaction
    }

    /// What is there under the keys of elements.
    private mutating func obstacles(
        to elements: [PodElement]
    ) throws(CNIError) -> [InstalledElement] {
        var obstacles: [InstalledElement] = []
        for (map, elements) in Dictionary(grouping: elements, by: \.map) {
            let keys = Set(elements.map(\.key))
            obstacles += try self.elements(of: map).filter { keys.contains($0.element.key) }
        }
        return obstacles
    }
}

extension NFTablesError {
    /// Whether the key is there already; older kernels say so in their own way when data differ.
    fileprivate var meansTaken: Bool { errno == .exists || errno == .busy }
}
