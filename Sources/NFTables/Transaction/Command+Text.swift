extension Transaction: CustomStringConvertible {
    /// One command a line, in nft's words; expressions as `nft --debug=netlink` prints them.
    package var description: String {
        commands.map { "\($0)" }.joined(separator: "\n")
    }
}

extension Command: CustomStringConvertible {
    package var description: String {
        switch self {
        case .addTable(let table, _): "\(title)\(table.body)"
        case .addChain(let chain, _): "\(title)\(chain.body)"
        case .addRule(let rule, _), .replaceRule(_, let rule): "\(title) \(rule.body)"
        case .addSet(let set, _): "\(title) { \(set.body) }"
        case .addElements(let elements, _, _), .deleteElements(let elements, _, _):
            "\(title) { \(elements.map { "\($0)" }.joined(separator: ", ")) }"
        default: title
        }
    }

    /// What the command does to which object, without the object's content.
    package var title: String {
        switch self {
        case .addTable(let table, let existence): "\(existence.addVerb) table \(table.name)"
        case .deleteTable(let name, let existence): "\(existence.deleteVerb) table \(name)"
        case .flushTable(let name): "flush table \(name)"
        case .addChain(let chain, let existence): "\(existence.addVerb) chain \(chain.name)"
        case .deleteChain(let name, let existence): "\(existence.deleteVerb) chain \(name)"
        case .flushChain(let name): "flush chain \(name)"
        case .addRule(let rule, let placement):
            "\(placement.verb) rule \(rule.chain)\(placement.place)"
        case .replaceRule(let handle, let rule): "replace rule \(rule.chain) \(handle)"
        case .deleteRule(let chain, let handle): "delete rule \(chain) \(handle)"
        case .addSet(let set, let existence): "\(existence.addVerb) \(set.noun) \(set.name)"
        case .deleteSet(let name, let existence): "\(existence.deleteVerb) set \(name)"
        case .flushSet(let name): "flush set \(name)"
        case .addElements(_, let target, let existence):
            "\(existence.addVerb) element \(target.set)"
        case .deleteElements(_, let target, let existence):
            "\(existence.deleteVerb) element \(target.set)"
        }
    }
}

extension Command.Existence {
    fileprivate var addVerb: String { self == .strict ? "create" : "add" }
    fileprivate var deleteVerb: String { self == .strict ? "delete" : "destroy" }
}

extension Command.Placement {
    fileprivate var verb: String {
        switch self {
        case .last, .after: "add"
        case .first, .before: "insert"
        }
    }

    fileprivate var place: String {
        switch self {
        case .last, .first: ""
        case .after(let handle), .before(let handle): " \(handle)"
        }
    }
}

extension RuleHandle: CustomStringConvertible {
    package var description: String { "handle \(rawValue)" }
}

extension Table {
    fileprivate var body: String {
        var parts = [String]()
        if flags.contains(.dormant) { parts.append("flags dormant;") }
        if flags.contains(.owner) { parts.append("flags owner;") }
        if flags.contains(.persist) { parts.append("flags persist;") }
        if let comment { parts.append("comment \"\(comment)\";") }
        return parts.isEmpty ? "" : " { \(parts.joined(separator: " ")) }"
    }
}

extension Chain {
    fileprivate var body: String {
        var parts = [String]()
        if let base { parts.append(base.text) }
        if let comment { parts.append("comment \"\(comment)\";") }
        return parts.isEmpty ? "" : " { \(parts.joined(separator: " ")) }"
    }
}

extension Chain.Base {
    fileprivate var text: String {
        let on = devices.isEmpty ? "" : " devices { \(devices.joined(separator: ", ")) }"
        return "type \(kind.rawValue) hook \(hook.rawValue)\(on) priority \(priority); "
            + "policy \(policy == .accept ? "accept" : "drop");"
    }
}

extension Rule {
    fileprivate var body: String {
        let text = expressions.map { "\($0)" }.joined(separator: " ")
        return comment.map { "\(text) comment \"\($0)\"" } ?? text
    }
}

extension NamedSet {
    fileprivate var noun: String { isMap ? "map" : "set" }

    fileprivate var body: String {
        var parts = [typeText]
        let words = flags.words
        if !words.isEmpty { parts.append("flags \(words.joined(separator: ","));") }
        if let size { parts.append("size \(size);") }
        if let timeout { parts.append("timeout \(timeout)ms;") }
        if let collectionInterval { parts.append("gc-interval \(collectionInterval)ms;") }
        if prefersMemory { parts.append("policy memory;") }
        parts += expressions.map { "\($0);" }
        if let comment { parts.append("comment \"\(comment)\";") }
        return parts.joined(separator: " ")
    }

    private var typeText: String {
        switch data {
        case nil: "type \(key);"
        case .verdict: "type \(key) : verdict;"
        case .value(let type): "type \(key) : \(type);"
        }
    }
}

extension NamedSet.Flags {
    fileprivate var words: [String] {
        let names: [(NamedSet.Flags, String)] = [
            (.anonymous, "anonymous"), (.constant, "constant"), (.interval, "interval"),
            (.timeout, "timeout"), (.dynamic, "dynamic"),
        ]
        return names.filter { contains($0.0) }.map(\.1)
    }
}
