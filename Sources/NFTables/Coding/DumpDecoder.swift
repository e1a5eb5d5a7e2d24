import Netlink

/// Reads messages in every way this module reads messages: what the fuzzer attacks.
package enum DumpDecoder {
    /// Reads received bytes, writes what they hold, and reads that again; a difference is returned.
    package static func fault(in bytes: Span<UInt8>) -> String? {
        // More messages than a batch of any input has.
        var outcome = BatchOutcome(firstSequence: 0, messageCount: Int(UInt32.max))
        var messages = Messages(bytes)
        while let message = try? messages.next() {
            try? outcome.receive(message)
            if let event = try? RulesetEvent(message), let fault = fault(in: event) { return fault }
            if let fault = faultInIntervals(of: message) { return fault }
        }
        if let failure = outcome.failure { _ = failure.error(nil, in: Transaction()).description }
        return nil
    }

    private static func fault(in event: RulesetEvent) -> String? {
        _ = "\(event)"
        guard let command = event.command else { return nil }
        var transaction = Transaction()
        transaction.append(command)
        _ = transaction.description
        guard let batch = try? Batch(transaction, firstSequence: 0, ifGeneration: nil) else {
            return nil
        }
        var messages = Messages(batch.bytes)
        // The batch's beginning.
        _ = try? messages.next()
        guard let message = try? messages.next(), let again = try? RulesetEvent(message) else {
            return "cannot be read again: \(transaction)"
        }
        return again.command == command ? nil : "\(transaction)\nis read again as\n\(again)"
    }

    /// Intervals that were joined must neither overlap nor end before they begin.
    private static func faultInIntervals(of message: borrowing Message) -> String? {
        guard let stored = try? StoredElement.list(message) else { return nil }
        let joined = Intervals.join(stored).filter { !$0.isCatchAll }
        // Keys of several lengths, two begins of one key and pairs of keys are no such intervals.
        let begins = stored.filter { !$0.isIntervalEnd && !$0.element.isCatchAll }.map(\.element)
        let lengths = Set(stored.map(\.element.key.count)).subtracting([0])
        guard lengths.count == 1, Set(begins.map(\.key)).count == begins.count,
            begins.allSatisfy({ $0.keyEnd == nil })
        else { return nil }
        for (element, next) in zip(joined, joined.dropFirst()) {
            let last = element.keyEnd ?? element.key
            if last < element.key { return "\(element) ends before it begins" }
            if element.key != next.key, last >= next.key { return "\(element) overlaps \(next)" }
        }
        return nil
    }
}

extension RulesetEvent {
    /// The command that makes what the event tells of.
    fileprivate var command: Command? {
        switch self {
        case .tableAdded(let table): .addTable(table, .tolerant)
        case .chainAdded(let chain): .addChain(chain, .tolerant)
        case .ruleAdded(let rule), .ruleRemoved(let rule): .replaceRule(rule.handle, rule.rule)
        case .setAdded(let set): .addSet(set, .tolerant)
        case .elementsAdded(let elements), .elementsRemoved(let elements): elements.command
        default: nil
        }
    }
}

extension RulesetEvent.Elements {
    fileprivate var command: Command? {
        if list.isEmpty { return nil }
        // A remaining time is what only the kernel writes.
        let list = ElementList(
            list.lazy.map {
                var element = $0
                element.expiration = nil
                return element
            })
        return .addElements(list, ElementTarget(NamedSet(set, key: [])), .tolerant)
    }
}
