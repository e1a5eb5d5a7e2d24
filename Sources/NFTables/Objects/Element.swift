/// One element of a set or map.
package struct Element: Hashable, Sendable {
    /// The key, or the first key of an interval; empty for what all other keys get.
    package var key: Value
    /// The last key of an interval.
    package var keyEnd: Value?
    package var data: Data?
    /// Milliseconds the element lives; nil for the set's own timeout.
    package var timeout: UInt64?
    /// Milliseconds left, as the kernel reports them.
    package var expiration: UInt64?
    package var comment: String?
    /// The element's own counters, limits and quotas.
    package var expressions: [Expression]

    /// What a map holds for a key.
    package enum Data: Hashable, Sendable {
        case value(Value)
        case verdict(Verdict)
    }

    package init(
        _ key: Value, through keyEnd: Value? = nil, _ data: Data? = nil, timeout: UInt64? = nil,
        comment: String? = nil, expressions: [Expression] = []
    ) {
        self.key = key
        self.keyEnd = keyEnd
        self.data = data
        self.timeout = timeout
        self.comment = comment
        self.expressions = expressions
    }
}

extension Element {
    /// The element that stands for every key without one of its own (`*`).
    package static func catchAll(_ data: Data? = nil) -> Element { Element(Value(), data) }

    package var isCatchAll: Bool { key.count == 0 }
}

extension Element: CustomStringConvertible {
    package var description: String {
        var text = isCatchAll ? "*" : keyEnd.map { "\(key)-\($0)" } ?? "\(key)"
        if let timeout { text += " timeout \(timeout)ms" }
        if let comment { text += " comment \"\(comment)\"" }
        for expression in expressions { text += " \(expression)" }
        switch data {
        case .value(let value): text += " : \(value)"
        case .verdict(let verdict): text += " : \(verdict)"
        case nil: break
        }
        return text
    }
}
