package import Kubernetes
package import NFTables
import Network
import Platform

/// What `weft proxy` does once instead of running.
package struct ProxyTasks {
    let settings: ProxySettings

    package init(_ settings: ProxySettings) { self.settings = settings }
}

extension ProxyTasks {
    /// The tables that there should be, as nft text.
    package func ruleset(for snapshot: Snapshot) throws(NFTablesError) -> String {
        var text = ""
        for family in settings.families {
            var fake = FakeRuleset()
            var sync = FamilySync(settings.table(of: family), seed: settings.seed)
            let (wanted, networks) = wanted(family, snapshot)
            _ = try sync.recover(wanted, networks, &fake)
            text += try fake.contents(of: sync.table.name)?.nftText ?? ""
        }
        return text
    }

    /// The commands that make the kernel's tables what they should be, as nft text.
    package func difference(for snapshot: Snapshot) throws(NFTablesError) -> String {
        var kernel = try KernelRuleset()
        var text = ""
        for family in settings.families {
            let table = settings.table(of: family)
            let (wanted, networks) = wanted(family, snapshot)
            var change = TableChange(table)
            _ = FamilyPlan(
                table, seed: settings.seed, adopting: try HeldTable(table, from: &kernel),
                services: wanted.all, networks: networks, &change)
            change.take(over: try Takeover(family, from: &kernel))
            text += change.transaction.nftText
        }
        return text
    }

    /// Makes the kernel's tables what they should be, once.
    package func apply(_ snapshot: Snapshot) throws(NFTablesError) -> [ObjectKey: NFTablesError] {
        var kernel = try KernelRuleset()
        var refused = [ObjectKey: NFTablesError]()
        for family in settings.families {
            var sync = FamilySync(settings.table(of: family), seed: settings.seed)
            let (wanted, networks) = wanted(family, snapshot)
            let outcome = try sync.recover(
                wanted, networks, takingOver: Takeover(family, from: &kernel), &kernel)
            if let error = outcome.leftBehind { throw error }
            refused.merge(outcome.refused) { first, _ in first }
        }
        return refused
    }

    /// Removes the tables; without them nothing of the proxy is left in the kernel (S111).
    package static func cleanUp() throws(NFTablesError) {
        var kernel = try KernelRuleset()
        for family in IPFamily.allCases {
            let name = ProxyTable(family).name
            guard try kernel.tables(name.family).contains(where: { $0.name == name }) else {
                continue
            }
            var transaction = Transaction()
            transaction.delete(name)
            try kernel.apply(transaction)
        }
    }

    func wanted(
        _ family: IPFamily, _ snapshot: Snapshot
    ) -> (WantedServices, NodeNetworks) {
        var node = NodeState(settings)
        node.read(snapshot)
        node.addresses = (try? ServiceProxy.readAddresses()) ?? []
        let wanted = WantedServices(
            snapshot: snapshot, node: node.view, family: family, settings: settings.model,
            nodeAddress: node.address(of: family, settings))
        return (wanted, node.networks(of: family, settings))
    }
}
