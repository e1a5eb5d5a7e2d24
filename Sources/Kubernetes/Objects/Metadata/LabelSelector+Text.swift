extension LabelSelector {
    /// Reads a selector as `kubectl -l` takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
    package init(text: String) throws(ObjectError) {
        self.init()
        for part in Self.parts(of: text) {
            guard let requirement = Requirement(part) else {
                throw ObjectError(
                    "'\(part)' is no condition on labels, such as a=b, a!=b, a in (b,c), "
                        + "a notin (b), a or !a")
            }
            matchExpressions.append(requirement)
        }
    }

    /// Cut at commas outside parentheses.
    private static func parts(of text: String) -> [String] {
        var parts = [""]
        var isInside = false
        for character in text {
            if character == "," && !isInside {
                parts.append("")
                continue
            }
            if character == "(" || character == ")" { isInside = character == "(" }
            parts[parts.count - 1].append(character)
        }
        return parts.map(\.trimmed)
    }
}

extension LabelSelector.Requirement {
    fileprivate init?(_ text: String) {
        self.init()
        if text.hasPrefix("!") {
            (key, relation) = (text.dropFirst().trimmed, .doesNotExist)
        } else if let set = Self.set(text) {
            (key, relation, values) = set
        } else if let (left, right) = text.cut(at: "!=") {
            (key, relation, values) = (left, .notAmong, [right])
        } else if let (left, right) = text.cut(at: "==") ?? text.cut(at: "=") {
            (key, relation, values) = (left, .among, [right])
        } else {
            (key, relation) = (text, .exists)
        }
        let isSound = !key.isEmpty && (values + [key]).allSatisfy { $0.utf8.allSatisfy(isOfName) }
        guard isSound else { return nil }
    }

    /// `key in (a,b)` and `key notin (a,b)`.
    private static func set(
        _ text: String
    ) -> (String, LabelSelector.Relation, [String])? {
        guard text.last == ")", let (head, list) = String(text.dropLast()).cut(at: "(") else {
            return nil
        }
        let words = head.split(separator: " ").map(String.init)
        guard words.count == 2, let relation = relations[words[1]] else { return nil }
        let values = list.split(separator: ",", omittingEmptySubsequences: false)
        return (words[0], relation, values.map(\.trimmed))
    }

    private static let relations: [String: LabelSelector.Relation] = [
        "in": .among, "notin": .notAmong,
    ]
}

/// What keys and values of labels are made of.
private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        true
    default: false
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }

    /// What stands before and after the first of a sign.
    fileprivate func cut(at sign: String) -> (String, String)? {
        let parts = split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]).trimmed, String(parts[1]).trimmed) : nil
    }
}
