import Platform

/// What not every kernel with nftables can do.
package enum Feature: Hashable, Sendable {
    /// A kind of expression, by an example of it; `in` is the kind of chain that may hold it.
    case expression(Expression, in: Chain.Base?)
    /// A base chain at a hook: inet nat needs Linux 5.2, inet ingress 5.10, netdev egress 5.16.
    case chain(Family, Chain.Base)
    /// A table that belongs to one socket (Linux 5.12).
    case ownedTables
    /// Deleting what may be absent without failing (Linux 6.3).
    case tolerantDeletion
    /// An element for all keys without one of their own (Linux 5.13).
    case catchAllElements
    /// Ranges in concatenated keys (Linux 5.6).
    case concatenatedIntervals
    /// Rules that add elements with data to maps.
    case dynamicMaps
}

extension Feature {
    /// What the probe writes: a table of its own, with the feature in it.
    func trial(in table: TableName) -> Transaction {
        var transaction = Transaction()
        if self != .ownedTables { transaction.add(Table(table)) }
        switch self {
        case .expression(let expression, let base):
            let chain = ChainName(table, "probe")
            transaction.add(Chain(chain, base: base))
            transaction.add(Rule(chain, [expression]))
        case .chain(_, let base):
            transaction.add(Chain(ChainName(table, "probe"), base: base))
        case .ownedTables: transaction.add(Table(table, flags: .owner))
        case .tolerantDeletion:
            transaction.delete(ChainName(table, "absent"), .tolerant)
        case .catchAllElements:
            let set = NamedSet(SetName(table, "probe"), key: [.mark], data: .verdict)
            transaction.add(set)
            transaction.add([.catchAll(.verdict(.drop))], to: set)
        case .concatenatedIntervals:
            let key: ValueType = [.mark, .mark]
            transaction.add(NamedSet(SetName(table, "probe"), key: key, flags: .interval))
        case .dynamicMaps:
            var map = NamedSet(SetName(table, "probe"), key: [.mark], data: .value([.mark]))
            map.flags = [.dynamic, .timeout]
            let chain = ChainName(table, "probe")
            transaction.add(map)
            transaction.add(Chain(chain))
            let update = DynamicSet(.update, "probe", data: 1)
            transaction.add(
                Rule(chain, [.load(.mark), .load(.mark, into: 1), .dynamicSet(update)]))
        }
        return transaction
    }

    /// The family to try the feature in.
    var family: Family {
        if case .chain(let family, _) = self { family } else { .inet }
    }
}

extension KernelRuleset {
    /// Whether the running kernel has a feature; nothing stays of the trial.
    package mutating func supports(_ feature: Feature) throws(NFTablesError) -> Bool {
        try firstMissing(of: [feature]) == nil
    }

    /// The first of some features that the running kernel lacks, at the cost of one trial.
    ///
    /// The trial ends with a command that must fail. If that one failed, those before it are fine.
    package mutating func firstMissing(
        of features: [Feature]
    ) throws(NFTablesError) -> Feature? {
        var trial = Transaction()
        var ends = [Int]()
        for (number, feature) in features.enumerated() {
            trial.append(feature.trial(in: TableName(feature.family, "weft-probe-\(number)")))
            ends.append(trial.commands.count)
        }
        trial.delete(ChainName(TableName(.inet, "weft-probe"), "end"))
        do throws(NFTablesError) {
            try apply(trial)
            return nil
        } catch {
            guard let command = error.command else { throw error }
            if error.errno == .notPermitted { throw error }
            return ends.firstIndex { command < $0 }.map { features[$0] }
        }
    }
}
