/// A selector of labels as the API server reads it: `a=b,c!=d,e in (f, g),h,!i`.
enum LabelExpression {
    /// The values of an option as one selector, which was looked at.
    static func text(_ option: Directive) throws(CorefileError) -> String {
        let words = try option.atLeastOne("\(option.name) EXPRESSION")
        let text = words.map(\.text).joined(separator: " ")
        guard isSelector(text) else {
            throw option.wrong(
                "\(quoted(option.name)) cannot be \(quoted(text))",
                "write a selector such as app=web,tier in (a, b),!old")
        }
        return text
    }

    static func isSelector(_ text: String) -> Bool {
        var requirements: [Substring] = []
        var rest = Substring(text)
        while let end = endOfRequirement(rest) {
            requirements.append(rest[..<end])
            rest = rest[end...].dropFirst()
        }
        return (requirements + [rest]).allSatisfy { isRequirement($0) }
    }

    /// The comma behind the first requirement; those between parentheses do not count.
    private static func endOfRequirement(_ text: Substring) -> String.Index? {
        var isList = false
        return text.indices.first { index in
            if text[index] == "(" { isList = true }
            if text[index] == ")" { isList = false }
            return text[index] == "," && !isList
        }
    }

    private static func isRequirement(_ text: Substring) -> Bool {
        let words = text.split(separator: " ")
        if words.count > 1, words[1].hasPrefix("in") || words[1].hasPrefix("notin") {
            return isKey(words[0]) && isList(words.dropFirst().joined())
        }
        let whole = trimmed(text)
        if whole.first == "!" { return isKey(trimmed(whole.dropFirst())) }
        guard let end = whole.firstIndex(where: { "!=".contains($0) }) else { return isKey(whole) }
        let rest = whole[end...]
        guard let sign = ["!=", "==", "="].first(where: { rest.hasPrefix($0) }) else {
            return false
        }
        return isKey(trimmed(whole[..<end])) && isValue(trimmed(rest.dropFirst(sign.count)))
    }

    private static func isList(_ text: String) -> Bool {
        guard let open = text.firstIndex(of: "("), text.last == ")",
            ["in", "notin"].contains(text[..<open])
        else { return false }
        return text[open...].dropFirst().dropLast().split(
            separator: ",", omittingEmptySubsequences: false
        ).allSatisfy { isValue($0) }
    }

    private static func isKey(_ text: Substring) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && isValue($0) }
    }

    private static func isValue(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { ByteSet.labelBytes.contains($0) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension ByteSet {
    fileprivate static let labelBytes = union(wordBytes, ByteSet(ascii: "-."))
}
