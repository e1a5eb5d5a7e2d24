package import Network

/// `acl`: who may ask what.
package struct AccessRule: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case allow
        /// Answers REFUSED.
        case block
        /// Answers that there is nothing.
        case filter
        /// Does not answer.
        case drop
    }

    package struct Policy: Hashable, Sendable {
        package var action: Action
        /// Empty for all.
        package var types: [RecordType] = []
        package var networks: [CIDR] = []
    }

    package var zones: [DomainName]
    /// The first that fits counts.
    package var policies: [Policy] = []

    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        zones = try directive.zones(directive.values, or: context)
        for option in try directive.options() { policies.append(try Policy(option)) }
        guard !policies.isEmpty else {
            throw directive.wrong(
                "has no rule", "write allow, block, filter or drop [type TYPE …] [net NETWORK …]")
        }
    }
}

extension AccessRule.Policy {
    private static let actions: KeyValuePairs<String, AccessRule.Action> = [
        "allow": .allow, "block": .block, "filter": .filter, "drop": .drop,
    ]

    fileprivate init(_ option: Directive) throws(CorefileError) {
        guard let action = Self.actions.first(where: { $0.key == option.name.lowercased() }) else {
            throw option.unknownOption(Self.actions.map(\.key))
        }
        self.action = action.value
        var rest = option.values
        while let section = rest.popFirst() {
            let words = rest.prefix { !Self.isSection($0) }
            rest = rest.dropFirst(words.count)
            guard Self.isSection(section), !words.isEmpty else {
                throw option.wrong(
                    "\(quoted(option.name)) cannot have \(quoted(section.text))",
                    "write \(option.name) [type TYPE …] [net NETWORK …]", at: section)
            }
            try take(section.text.lowercased(), words, option)
        }
    }

    private mutating func take(
        _ section: String, _ words: ArraySlice<Word>, _ option: Directive
    ) throws(CorefileError) {
        // One star makes the others needless.
        if words.contains(where: { $0.text == "*" }) { return }
        for word in words {
            if section == "type" {
                types.append(try option.recordType(word))
            } else {
                networks.append(try option.network(word))
            }
        }
    }

    private static func isSection(_ word: Word) -> Bool {
        ["type", "net"].contains(word.text.lowercased())
    }
}
