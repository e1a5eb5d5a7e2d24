import Platform

extension FakeRuleset {
    mutating func take(
        _ lookup: Lookup, in table: TableName, _ registers: inout Registers
    ) throws(Errno) {
        let name = SetName(table, lookup.set)
        guard let set = set(name) else { throw .noSuchEntry }
        try registers.load(lookup.key, length: set.key.length)
        switch (lookup.use, set.data) {
        case (.member, nil), (.notMember, nil), (.verdict, .verdict): break
        case (.data(let register), .value(let type)):
            try registers.store(register, length: type.length)
        case (.member, _), (.notMember, _):
            // A map is looked up as a set, its data left alone.
            if set.flags.contains(.anonymous) { throw .invalid }
        default: throw .invalid
        }
        try bind(name)
    }

    mutating func take(
        _ dynamic: DynamicSet, in table: TableName, _ registers: inout Registers
    ) throws(Errno) {
        let name = SetName(table, dynamic.set)
        guard let set = set(name) else { throw .noSuchEntry }
        guard set.takesElementsFromPackets else { throw .notSupported }
        if set.flags.contains(.constant) { throw .busy }
        if dynamic.timeout != nil, !set.flags.contains(.timeout) { throw .notSupported }
        try registers.load(dynamic.key, length: set.key.length)
        try dynamic.validateData(for: set, registers)
        try dynamic.validateExpressions(for: set)
        try bind(name)
        if set.size == nil { limitSize(of: name) }
    }

    /// The kernel limits a set that packets fill, for good.
    private mutating func limitSize(of name: SetName) {
        tables[name.table]?.sets[name.name]?.set.size = UInt32(UInt16.max)
        onFailure { $0.tables[name.table]?.sets[name.name]?.set.size = nil }
    }
}

extension DynamicSet {
    fileprivate func validateData(
        for set: NamedSet, _ registers: Registers
    ) throws(Errno) {
        switch (data, set.data) {
        case (let register?, .value(let type)):
            try registers.load(register, length: type.length)
        case (_?, _): throw .notSupported
        case (nil, _): if set.isMap { throw .invalid }
        }
    }

    fileprivate func validateExpressions(for set: NamedSet) throws(Errno) {
        guard !expressions.isEmpty else { return }
        if !set.flags.contains(.dynamic) { throw .invalid }
        let declared = set.expressions
        for (index, expression) in expressions.enumerated() {
            try expression.validateForElement(in: set.name.table.family)
            guard !declared.isEmpty else { continue }
            guard index < declared.count else { throw .invalid }
            if expression.operations != declared[index].operations { throw .notSupported }
        }
        if !declared.isEmpty, declared.count != expressions.count { throw .notSupported }
    }
}

extension NamedSet {
    /// Whether the kernel chooses its growing hash for the set, which alone packets can fill.
    fileprivate var takesElementsFromPackets: Bool {
        if flags.contains(.interval) { return false }
        if flags.contains(.dynamic) || flags.contains(.timeout) { return true }
        let isBitmap = key.length <= Self.bitmapKeyLength && !isMap && expressions.isEmpty
        return size ?? 0 == 0 && !isBitmap
    }

    private static let bitmapKeyLength = 2
}
