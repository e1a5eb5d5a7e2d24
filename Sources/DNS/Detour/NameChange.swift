/// What becomes of a name in a reply.
enum NameChange: Hashable, Sendable {
    /// One name, and no other, becomes another.
    case equal(DomainName, to: DomainName)
    case matching(NameMatch)
    case pattern(Pattern, PatternTemplate)

    /// The name that another becomes: itself where it is not meant, or would become none.
    func changed(_ name: DomainName) -> DomainName {
        switch self {
        case .equal(let from, let to): name == from ? to : name
        case .matching(let match): Self.name(match.rewritten(name)) ?? name
        case .pattern(let pattern, let template): Self.name(of: name, pattern, template) ?? name
        }
    }

    private static func name(
        of name: DomainName, _ pattern: Pattern, _ template: PatternTemplate
    ) -> DomainName? {
        let text = Array(name.lowercased.description.utf8)
        return self.name(pattern.groups(in: text).map { template.expanded($0, in: text) })
    }

    private static func name(_ text: [UInt8]?) -> DomainName? {
        text.flatMap { try? DomainName(presentation: $0) }
    }
}

extension Record {
    /// Changes the names in the record's data.
    mutating func changeNames(by change: NameChange) {
        guard let names = namesInData, names.start <= data.count else { return }
        var (written, offset) = (Array(data.prefix(names.start)), names.start)
        for _ in 0..<names.count {
            guard let (name, end) = data.span.plainName(at: offset) else { return }
            written += change.changed(name).wire
            offset = end
        }
        data = written + data[offset...]
    }

    /// Where names begin in the data, and how many there are, for the types that have some.
    private var namesInData: (start: Int, count: Int)? {
        if let layout = NameLayout(type) { return (layout.before, layout.names) }
        guard type == .naptr else { return nil }
        // Two numbers, three texts, and a name (RFC 3403 section 4.1).
        var start = 4
        for _ in 0..<3 {
            guard start < data.count else { return nil }
            start += 1 + Int(data[start])
        }
        return (start, 1)
    }
}
