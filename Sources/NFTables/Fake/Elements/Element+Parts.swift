import Platform

extension Element {
    /// The element as a message carries it: whole, or as begin and end.
    func parts(splittingIntervals: Bool) -> [FakeElement] {
        var part = FakeElement(key: key)
        part.keyEnd = splittingIntervals ? nil : keyEnd
        part.data = data
        part.givenTimeout = timeout
        part.comment = comment
        part.expressions = expressions
        guard splittingIntervals, !isCatchAll, let after = (keyEnd ?? key).successor else {
            return [part]
        }
        return [part, FakeElement(key: after, isIntervalEnd: true)]
    }
}

extension FakeElement {
    /// Checks that the element fits the set, and gives it what it gets from there.
    mutating func prepare(for set: NamedSet, at now: UInt64) throws(Errno) {
        try validateFlags(for: set)
        // The end of an interval carries nothing but its key.
        if !isIntervalEnd, (data != nil) != set.isMap { throw .invalid }
        try validateKeyEnd(for: set)
        if givenTimeout != nil, !set.flags.contains(.timeout) { throw .invalid }
        if !isIntervalEnd { try takeExpressions(of: set) }
        try validateKeyLengths(for: set)
        try validateData(for: set)
        if !isIntervalEnd { start(at: now, setTimeout: set.timeout) }
    }

    /// Checks what names an element to be deleted.
    func validateKeys(for set: NamedSet) throws(Errno) {
        try validateFlags(for: set)
        try validateKeyEnd(for: set)
        try validateKeyLengths(for: set)
    }

    private func validateFlags(for set: NamedSet) throws(Errno) {
        if isIntervalEnd, !set.flags.contains(.interval) { throw .invalid }
    }

    /// Only a set of concatenated intervals holds both keys in one element.
    private func validateKeyEnd(for set: NamedSet) throws(Errno) {
        let holdsPairs = set.flags.contains(.interval) && set.key.isConcatenation
        if holdsPairs {
            if isIntervalEnd || (isCatchAll && keyEnd != nil) { throw .invalid }
        } else if keyEnd != nil {
            throw .invalid
        }
    }

    private func validateKeyLengths(for set: NamedSet) throws(Errno) {
        if !isCatchAll, key.count != set.key.length { throw .invalid }
        if let keyEnd, keyEnd.count != set.key.length { throw .invalid }
    }

    private func validateData(for set: NamedSet) throws(Errno) {
        switch (data, set.data) {
        case (.value(let value), .value(let type)):
            if value.count != type.length { throw .invalid }
        case (.verdict, .verdict), (nil, _): break
        default: throw .invalid
        }
    }

    private mutating func start(at now: UInt64, setTimeout: UInt64?) {
        timeout = givenTimeout ?? setTimeout ?? 0
        deadline = timeout > 0 ? now + timeout : nil
    }
}

extension FakeElement {
    /// An element has the set's expressions, with or without a state of its own.
    private mutating func takeExpressions(of set: NamedSet) throws(Errno) {
        guard !expressions.isEmpty else {
            expressions = set.expressions.map(\.normalized)
            return
        }
        try validateCount(set.expressions.count)
        for (index, expression) in expressions.enumerated() {
            try expression.validateForElement(in: set.name.table.family)
            let isDeclared = set.expressions.indices.contains(index)
            if isDeclared, expression.operations != set.expressions[index].operations {
                throw .notSupported
            }
        }
        if !set.expressions.isEmpty, expressions.count < set.expressions.count {
            throw .notSupported
        }
        expressions = expressions.map(\.normalized)
    }

    private func validateCount(_ declared: Int) throws(Errno) {
        guard declared > 0, expressions.count > declared else { return }
        throw Errno.argumentListTooLong
    }
}
