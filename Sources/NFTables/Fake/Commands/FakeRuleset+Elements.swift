import Platform

/// What was done to the elements of a set.
private enum ElementChange: Sendable {
    case added(FakeElement)
    case removed(FakeElement)
}

extension FakeRuleset {
    mutating func add(
        _ list: ElementList, to target: ElementTarget, _ existence: Command.Existence
    ) throws(Errno) {
        let name = target.set
        try requireUnbound(name, [.constant, .anonymous])
        // Taken out, the set can be changed in place.
        guard var set = tables[name.table]?.sets.removeValue(forKey: name.name) else {
            throw .noSuchEntry
        }
        var changes = [ElementChange]()
        let outcome = Result { () throws(Errno) in
            for element in list {
                for part in element.parts(splittingIntervals: target.splitsIntervals) {
                    try insert(part, into: &set, existence, &changes)
                }
            }
        }
        tables[name.table]?.sets[name.name] = set
        record(changes, of: name)
        try outcome.get()
        try validateIfAlways(name.table)
    }

    mutating func delete(
        _ list: ElementList, from target: ElementTarget, _ existence: Command.Existence
    ) throws(Errno) {
        let name = target.set
        guard let flags = self.set(name)?.flags else { throw .noSuchEntry }
        if flags.contains(.anonymous) { throw .notSupported }
        try requireUnbound(name, .constant)
        guard var set = tables[name.table]?.sets.removeValue(forKey: name.name) else {
            throw .noSuchEntry
        }
        var changes = [ElementChange]()
        let outcome = Result { () throws(Errno) in
            for element in list {
                for part in element.parts(splittingIntervals: target.splitsIntervals) {
                    try remove(part, from: &set, existence, &changes)
                }
            }
        }
        tables[name.table]?.sets[name.name] = set
        record(changes, of: name)
        try outcome.get()
    }

    mutating func flush(_ name: SetName) throws(Errno) {
        guard let flags = self.set(name)?.flags else { throw .noSuchEntry }
        if flags.contains(.anonymous) { throw .notSupported }
        try requireUnbound(name, .constant)
        guard var set = tables[name.table]?.sets.removeValue(forKey: name.name) else { return }
        var changes = [ElementChange]()
        for element in set.removeAll() { forget(element, in: &set, &changes) }
        tables[name.table]?.sets[name.name] = set
        record(changes, of: name)
    }

    /// Sets with these flags stay as they are while a rule uses them.
    private func requireUnbound(_ name: SetName, _ flags: NamedSet.Flags) throws(Errno) {
        guard let set = tables[name.table]?.sets[name.name] else { throw .noSuchEntry }
        if set.bindings > 0, !set.set.flags.isDisjoint(with: flags) { throw .busy }
    }
}

extension FakeRuleset {
    private mutating func insert(
        _ part: FakeElement, into set: inout FakeSet, _ existence: Command.Existence,
        _ changes: inout [ElementChange]
    ) throws(Errno) {
        var element = part
        try element.prepare(for: set.set, at: now)
        try refer(to: element.target, in: set.set.name.table)
        lastElement += 1
        element.serial = lastElement
        switch set.insert(element) {
        case .added: break
        case .exists(let existing):
            release(element.target, in: set.set.name.table)
            return try keep(existing, insteadOf: element, in: set, existence)
        case .overlaps: throw .exists
        case .refused(let errno): throw errno
        }
        pending.count += 1
        changes.append(.added(element))
        if let target = element.target {
            set.targets[target, default: 0] += 1
            if set.bindings > 0 { needValidation(of: set.set.name.table) }
        }
        if !element.isCatchAll, set.elements.count > set.capacity {
            throw .tooManyOpenFilesInSystem
        }
    }

    /// Adding what is there does nothing but give it another timeout.
    private mutating func keep(
        _ existing: FakeElement, insteadOf element: FakeElement, in set: FakeSet,
        _ existence: Command.Existence
    ) throws(Errno) {
        if existing.data != element.data || existence == .strict { throw .exists }
        guard set.set.flags.contains(.timeout), existing.timeout != element.timeout,
            !element.isIntervalEnd
        else { return }
        pending.count += 1
        let changed = existing.living(as: element)
        let name = set.set.name
        let handle = set.handle
        onCommit {
            guard $0.tables[name.table]?.sets[name.name]?.handle == handle else { return }
            $0.tables[name.table]?.sets[name.name]?.update(changed)
        }
    }

    private mutating func remove(
        _ part: FakeElement, from set: inout FakeSet, _ existence: Command.Existence,
        _ changes: inout [ElementChange]
    ) throws(Errno) {
        try part.validateKeys(for: set.set)
        guard let removed = set.remove(part) else {
            if existence == .tolerant { return }
            throw .noSuchEntry
        }
        forget(removed, in: &set, &changes)
    }

    private mutating func forget(
        _ element: FakeElement, in set: inout FakeSet, _ changes: inout [ElementChange]
    ) {
        pending.count += 1
        changes.append(.removed(element))
        release(element.target, in: set.set.name.table)
        set.forgetTarget(of: element)
    }

    /// Remembers how to undo changes, and to forget at commit what was removed.
    private mutating func record(_ changes: [ElementChange], of name: SetName) {
        onCommit { $0.tables[name.table]?.sets[name.name]?.elements.commit() }
        onFailure { $0.undo(changes, of: name) }
    }

    private mutating func undo(_ changes: [ElementChange], of name: SetName) {
        guard var set = tables[name.table]?.sets.removeValue(forKey: name.name) else { return }
        for change in changes.reversed() {
            switch change {
            case .added(let element): set.takeBack(element)
            case .removed(let element): set.putBack(element)
            }
        }
        tables[name.table]?.sets[name.name] = set
    }
}
