/// Which names a rule is for, and what they become.
package struct NameMatch: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case exact(DomainName)
        /// The rest are of the name's text in lower case, with its dot at the end.
        case prefix(String)
        case suffix(String)
        case substring(String)
        case regex(Pattern)
    }

    package var kind: Kind
    /// What the name, or the part that fits, becomes; empty where the name stays.
    package var replacement: PatternTemplate
}

extension NameMatch {
    package func matches(_ name: DomainName) -> Bool { rewritten(name) != nil }

    /// The text that the name becomes, which need not be a name; nil where the rule is not for it.
    package func rewritten(_ name: DomainName) -> [UInt8]? {
        if case .exact(let expected) = kind {
            return name == expected ? Array(replacement.text.utf8) : nil
        }
        let text = Array(name.lowercased.description.utf8)
        let new = Array(replacement.text.utf8)
        switch kind {
        case .exact: return nil
        case .prefix(let prefix):
            guard text.starts(with: prefix.utf8) else { return nil }
            return new + text.dropFirst(prefix.utf8.count)
        case .suffix(let suffix):
            guard text.reversed().starts(with: suffix.utf8.reversed()) else { return nil }
            return text.dropLast(suffix.utf8.count) + new
        case .substring(let part):
            return Self.replacing(Array(part.utf8), in: text, with: new)
        case .regex(let pattern):
            return pattern.groups(in: text).map { replacement.expanded($0, in: text) }
        }
    }

    /// Every place where a part is, replaced; nil where it is nowhere.
    private static func replacing(
        _ part: [UInt8], in text: [UInt8], with new: [UInt8]
    ) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = text[...]
        var isFound = false
        while let byte = rest.first {
            if rest.starts(with: part) {
                isFound = true
                result += new
                rest = rest.dropFirst(part.count)
            } else {
                result.append(byte)
                rest.removeFirst()
            }
        }
        return isFound ? result : nil
    }
}
