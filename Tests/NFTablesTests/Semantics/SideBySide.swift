import NFTables
import Platform
import TestSupport

/// The kernel of a namespace of its own, and a fake one that is told the same.
struct SideBySide: ~Copyable {
    var kernel: KernelRuleset
    var fake = FakeRuleset()
    /// Whether rule handles are still the same: the kernel uses some up when it refuses.
    private var handlesAgree = true
    /// Whether the kernel took the last transaction.
    private(set) var lastSucceeded = true

    init() throws {
        let opened = try NetworkNamespace.anonymous().run {
            Result { () throws(NFTablesError) in try KernelRuleset() }
        }
        kernel = try opened.get()
    }

    /// How the kernel and the fake differ after a transaction; nil when they do not.
    mutating func difference(
        after transaction: Transaction, ifGeneration generation: UInt32? = nil
    ) throws -> String? {
        let translated = try transaction.mapHandles(handles(in: transaction))
        let kernelGeneration = try generation.map { try kernel.generation() &+ $0 }
        let fakeGeneration = try generation.map { try fake.generation() &+ $0 }
        let real = Outcome { () throws(NFTablesError) in
            try kernel.apply(translated, ifGeneration: kernelGeneration)
        }
        let faked = Outcome { () throws(NFTablesError) in
            try fake.apply(transaction, ifGeneration: fakeGeneration)
        }
        lastSucceeded = real.isSuccess
        if !lastSucceeded { handlesAgree = false }
        guard real == faked else { return "kernel: \(real), fake: \(faked)" }
        return try differenceOfContents()
    }

    private mutating func differenceOfContents() throws -> String? {
        let generations = (try kernel.generation(), try fake.generation())
        if generations.0 != generations.1 {
            return "generation: kernel \(generations.0), fake \(generations.1)"
        }
        let real = try kernel.everything(withHandles: handlesAgree)
        let faked = try fake.everything(withHandles: handlesAgree)
        if real == faked { return nil }
        let (realLines, fakedLines) = (real.lines, faked.lines)
        let missing = realLines.filter { !fakedLines.contains($0) }
        let extra = fakedLines.filter { !realLines.contains($0) }
        return "only in the kernel:\n\(missing.joined(separator: "\n"))\n"
            + "only in the fake:\n\(extra.joined(separator: "\n"))"
    }

    /// The kernel's handle for each of the fake's.
    private mutating func handles(
        in transaction: Transaction
    ) throws -> [TableName: [RuleHandle: RuleHandle]] {
        guard !handlesAgree else { return [:] }
        var handles = [TableName: [RuleHandle: RuleHandle]]()
        for table in transaction.tablesWithHandles {
            let pairs = zip(
                try fake.rules(in: table, chain: nil), try kernel.rules(in: table, chain: nil))
            handles[table] = Dictionary(uniqueKeysWithValues: pairs.map { ($0.handle, $1.handle) })
        }
        return handles
    }
}

extension Ruleset where Self: ~Copyable {
    /// All tables, in a form that does not depend on what may differ.
    mutating func everything(withHandles: Bool) throws -> [TableContents] {
        try tables(nil).map { table in
            guard var contents = try contents(of: table.name) else {
                throw LabError("table \(table.name) vanished")
            }
            contents.normalize(withHandles: withHandles)
            return contents
        }
    }
}

extension TableContents {
    /// Sorts elements, and drops what time has left of them, and rule handles that may differ.
    fileprivate mutating func normalize(withHandles: Bool) {
        for index in sets.indices {
            sets[index].elements = sets[index].elements.map(\.timeless).sorted {
                ($0.key, $0.keyEnd ?? $0.key) < ($1.key, $1.keyEnd ?? $1.key)
            }
        }
        guard !withHandles else { return }
        rules = rules.map { InstalledRule(handle: RuleHandle(rawValue: 0), rule: $0.rule) }
    }
}

extension [TableContents] {
    /// The contents as commands that would make them.
    fileprivate var lines: [String] {
        flatMap { contents in
            var transaction = Transaction()
            transaction.add(contents.table)
            for chain in contents.chains { transaction.add(chain) }
            for set in contents.sets {
                transaction.add(set.set)
                transaction.add(ElementList(set.elements), to: set.set)
            }
            for rule in contents.rules { transaction.replace(rule.handle, with: rule.rule) }
            return transaction.commands.map { "\($0)" }
        }
    }
}

extension Transaction {
    fileprivate var tablesWithHandles: Set<TableName> {
        Set(commands.compactMap(\.handle).map(\.table))
    }

    fileprivate func mapHandles(
        _ handles: [TableName: [RuleHandle: RuleHandle]]
    ) -> Transaction {
        guard !handles.isEmpty else { return self }
        var mapped = Transaction()
        for command in commands {
            mapped.append(command.replacingHandle { handles[$0]?[$1] ?? $1 })
        }
        return mapped
    }
}

extension Command {
    /// The rule that the command names by its handle.
    var handle: (table: TableName, handle: RuleHandle)? {
        switch self {
        case .addRule(let rule, .before(let handle)), .addRule(let rule, .after(let handle)),
            .replaceRule(let handle, let rule):
            (rule.chain.table, handle)
        case .deleteRule(let chain, let handle): (chain.table, handle)
        default: nil
        }
    }

    fileprivate func replacingHandle(
        _ replacement: (TableName, RuleHandle) -> RuleHandle
    ) -> Command {
        guard let (table, old) = handle else { return self }
        let new = replacement(table, old)
        switch self {
        case .addRule(let rule, .before): return .addRule(rule, .before(new))
        case .addRule(let rule, .after): return .addRule(rule, .after(new))
        case .replaceRule(_, let rule): return .replaceRule(new, rule)
        case .deleteRule(let chain, _): return .deleteRule(chain, new)
        default: return self
        }
    }
}
