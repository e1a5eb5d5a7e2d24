import Platform

extension FakeRuleset {
    mutating func add(_ chain: Chain, _ existence: Command.Existence) throws(Errno) {
        let name = chain.name
        guard tables[name.table] != nil else { throw .noSuchEntry }
        guard let old = self.chain(name) else { return try create(chain) }
        // A policy comes with every base, and is looked at before all else.
        if chain.base != nil, old.base == nil { throw .notSupported }
        if existence == .strict { throw .exists }
        if let base = chain.base, let oldBase = old.base {
            try update(name, from: oldBase, to: base)
        }
        // The kernel takes note of every such addition, even if it changes nothing.
        pending.tablesWithChangedChains.insert(name.table)
        pending.count += 1
    }

    private mutating func create(_ chain: Chain) throws(Errno) {
        let name = chain.name
        if let base = chain.base {
            if pending.updatedTables.contains(name.table) { throw .invalid }
            try base.validate(in: name.table.family)
        }
        let handle = nextHandle(in: name.table)
        tables[name.table]?.chains[name.name] = FakeChain(chain: chain, handle: handle)
        pending.count += 1
        onFailure { $0.tables[name.table]?.chains[name.name] = nil }
    }

    private mutating func update(
        _ name: ChainName, from old: Chain.Base, to new: Chain.Base
    ) throws(Errno) {
        if new.hook != old.hook || new.priority != old.priority { throw .notSupported }
        guard new.kind.hooks(in: name.table.family) != nil else { throw .noSuchEntry }
        try new.validateDevices(in: name.table.family)
        if new.kind != old.kind { throw .exists }
        let devices = new.devices.filter { !old.devices.contains($0) }
        if pending.addsDevices(devices, to: name) { throw .exists }
        if pending.updatedTables.contains(name.table), !devices.isEmpty { throw .notSupported }
        let handle = tables[name.table]?.chains[name.name]?.handle
        onCommit {
            guard $0.tables[name.table]?.chains[name.name]?.handle == handle else { return }
            $0.tables[name.table]?.chains[name.name]?.chain.base?.policy = new.policy
            $0.tables[name.table]?.chains[name.name]?.chain.base?.devices = devices + old.devices
        }
    }

    mutating func delete(_ name: ChainName, _ existence: Command.Existence) throws(Errno) {
        guard tables[name.table] != nil else { throw .noSuchEntry }
        guard let references = tables[name.table]?.chains[name.name]?.references else {
            if existence == .tolerant { return }
            throw .noSuchEntry
        }
        try deleteRules(of: name)
        if references > 0 { throw .busy }
        guard let chain = tables[name.table]?.chains.removeValue(forKey: name.name) else { return }
        if chain.chain.base != nil { pending.tablesWithChangedChains.insert(name.table) }
        pending.count += 1
        onFailure { $0.tables[name.table]?.chains[name.name] = chain }
    }

    mutating func flush(_ name: ChainName) throws(Errno) {
        guard chain(name) != nil else { throw .noSuchEntry }
        try deleteRules(of: name)
    }
}

extension FakeRuleset {
    func chain(_ name: ChainName) -> Chain? { tables[name.table]?.chains[name.name]?.chain }

    /// Chains, rules and sets of a table are numbered together.
    mutating func nextHandle(in table: TableName) -> UInt64 {
        tables[table]?.lastHandle += 1
        onFailure { $0.tables[table]?.lastHandle -= 1 }
        return tables[table]?.lastHandle ?? 0
    }

    /// Takes a verdict that leads to a chain into account.
    mutating func refer(to target: String?, in table: TableName) throws(Errno) {
        guard let target else { return }
        guard let chain = chain(ChainName(table, target)) else { throw .noSuchEntry }
        if chain.base != nil { throw .notSupported }
        changeReferences(to: target, in: table, by: 1)
    }

    mutating func release(_ target: String?, in table: TableName) {
        if let target { changeReferences(to: target, in: table, by: -1) }
    }

    mutating func changeReferences(to chain: String, in table: TableName, by change: Int) {
        tables[table]?.chains[chain]?.references += change
        onFailure { $0.tables[table]?.chains[chain]?.references -= change }
    }
}

extension Chain.Base {
    /// NF_IP_PRI_CONNTRACK: translations come after connection tracking.
    private static let connectionTracking: Int32 = -200

    fileprivate func validate(in family: Family) throws(Errno) {
        guard let hooks = kind.hooks(in: family) else { throw .noSuchEntry }
        guard hooks.contains(hook) else { throw .notSupported }
        if kind == .nat, priority <= Self.connectionTracking { throw .notSupported }
        try validateDevices(in: family)
    }

    fileprivate func validateDevices(in family: Family) throws(Errno) {
        let takesDevices = family == .netdev || (family == .inet && hook == .ingress)
        if !takesDevices, !devices.isEmpty { throw .notSupported }
        if Set(devices).count != devices.count { throw .exists }
    }
}

extension Chain.Kind {
    /// The hooks that a chain of this kind can have; nil where the kernel has no such kind.
    fileprivate func hooks(in family: Family) -> Set<Chain.Hook>? {
        let ip: Set<Chain.Hook> = [.prerouting, .input, .forward, .output, .postrouting]
        switch (self, family) {
        case (.filter, .inet): return ip.union([.ingress])
        case (.filter, .ip), (.filter, .ip6), (.filter, .bridge): return ip
        case (.filter, .arp): return [.input, .output]
        case (.filter, .netdev): return [.ingress, .egress]
        case (.nat, .inet), (.nat, .ip), (.nat, .ip6): return ip.subtracting([.forward])
        case (.route, .inet), (.route, .ip), (.route, .ip6): return [.output]
        default: return nil
        }
    }
}
