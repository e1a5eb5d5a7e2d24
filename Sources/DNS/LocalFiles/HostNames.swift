/// The names of a file of hosts, for the zones that they are answered in.
package struct HostNames: Sendable {
    package let table: WatchedFile<HostsTable>
    private let zones: [ZoneSuffix]
    /// Names in these that the table does not know are for others to answer.
    private let fallthroughs: [ZoneSuffix]
    private let isReversed: Bool
    private let filter = NameFilter()

    /// A file that is not there may come later, unless it is never looked at again.
    package init(_ options: HostsOptions, _ surroundings: Surroundings) throws(DNSError) {
        var lines = HostsTable(ttl: options.ttl)
        for entry in options.entries { lines.add(entry.address, entry.names) }
        lines.addNames(to: filter)
        let (first, filter) = (lines, filter)
        table = try WatchedFile(
            options.file, every: options.reload, surroundings,
            meanwhile: options.reload > .zero ? first : nil
        ) { text throws(DNSError) in
            guard text.count <= HostsTable.longestFile else {
                throw DNSError(
                    .configuration, "read \(options.file)",
                    "it has more than \(HostsTable.longestFile) bytes")
            }
            var table = first
            table.add(parsing: text)
            table.addNames(to: filter)
            return table
        }
        zones = options.zones.map(ZoneSuffix.init)
        fallthroughs = options.passesOn?.zones.map(ZoneSuffix.init) ?? []
        isReversed = options.isReversed
    }

    /// As CoreDNS counts them: every name of an address, and every address of a name.
    package var entryCount: Int {
        let table = table.current
        return table.pairCount * (isReversed ? 2 : 1)
    }
}

extension HostNames {
    enum Outcome {
        /// The name is for others to answer.
        case notOurs
        case records([Record])
        /// The name is for nobody else, and unknown.
        case unknown
    }

    /// Whether a question is answered here; it takes no memory for nearly all that are not.
    func takes(_ name: borrowing QuestionName, _ type: RecordType) -> Bool {
        guard concerns(name, type) else { return false }
        if filter.mayContain(name) {
            if case .notOurs = answer(name, type) { return false }
            return true
        }
        if type == .ptr { return false }
        return !fallthroughs.contains(name)
    }

    private func concerns(_ name: borrowing QuestionName, _ type: RecordType) -> Bool {
        if type == .ptr { return true }
        return zones.contains(name)
    }

    /// An address without a name is always for others to answer, and need not be in a zone (D99).
    func answer(_ name: borrowing QuestionName, _ type: RecordType) -> Outcome {
        guard concerns(name, type) else { return .notOurs }
        let known = table.current.answer(name.domainName, type, isReversed: isReversed)
        if type == .ptr {
            guard let records = known?.records, !records.isEmpty else { return .notOurs }
            return .records(records)
        }
        if let known { return .records(known.records) }
        return fallthroughs.contains(name) ? .notOurs : .unknown
    }
}

extension HostsTable {
    /// Lets a filter know all names, those of addresses included.
    fileprivate func addNames(to filter: NameFilter) {
        forEachName { filter.add($0) }
    }
}

extension [ZoneSuffix] {
    /// Whether a name lies in one of these.
    func contains(_ name: borrowing QuestionName) -> Bool {
        for index in indices where name.labelsBefore(self[index]) != nil { return true }
        return false
    }
}
