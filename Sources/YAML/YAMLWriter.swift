/// Writes one document in block style, value after value, as `kubectl get -o yaml` looks.
///
/// A value is a scalar, or `begin…`, what it holds, and `end`. In a mapping each value follows its
/// `key`. What is written reads back as the same value, by readers of YAML 1.1 and of 1.2.
package struct YAMLWriter {
    package private(set) var text = ""
    private var open: [Collection] = []
    private var position = Position.start

    private struct Collection {
        let isMapping: Bool
        let indent: Int
        var isEmpty = true
    }

    /// What was written last on the line.
    private enum Position {
        case start, afterDash, afterKey, afterValue
    }

    /// A longer key must announce itself (YAML 1.2 §7.4.2 allows 1024 characters up to the colon).
    private static let longestSimpleKey = 1000

    package init() {}

    package mutating func null() { scalar("null") }
    package mutating func bool(_ value: Bool) { scalar(value ? "true" : "false") }
    package mutating func integer(_ value: Int64) { scalar("\(value)") }

    /// A number in the form that JSON has for it.
    package mutating func number(_ digits: String) { scalar(digits) }

    package mutating func string(_ string: String) {
        let indent = open.last.map { $0.indent + 2 } ?? 2
        scalar(BlockText(string, indent: indent)?.text ?? ScalarText(string).text)
    }

    package mutating func beginMapping() { begin(isMapping: true) }
    package mutating func beginSequence() { begin(isMapping: false) }

    package mutating func key(_ key: String) {
        startItem()
        let written = ScalarText(key).text
        if written.unicodeScalars.count > Self.longestSimpleKey, let mapping = open.last {
            text += "? \(written)\n" + String(repeating: " ", count: mapping.indent) + ":"
        } else {
            text += written + ":"
        }
        position = .afterKey
    }

    package mutating func end() {
        guard let collection = open.popLast() else { return }
        if collection.isEmpty {
            finish(collection.isMapping ? "{}" : "[]")
        } else if open.isEmpty {
            text += "\n"
        }
    }
}

extension YAMLWriter {
    private mutating func begin(isMapping: Bool) {
        startElement()
        // A list in a mapping stands at the mapping's own indent: its dashes are indent enough.
        let isDeeper = open.last.map { isMapping || !$0.isMapping } ?? false
        let indent = (open.last?.indent ?? 0) + (isDeeper ? 2 : 0)
        open.append(Collection(isMapping: isMapping, indent: indent))
    }

    private mutating func scalar(_ value: String) {
        startElement()
        finish(value)
    }

    private mutating func finish(_ value: String) {
        if position == .afterKey { text += " " }
        text += value
        if open.isEmpty { text += "\n" }
        position = .afterValue
    }

    private mutating func startElement() {
        guard let parent = open.last, !parent.isMapping else { return }
        startItem()
        text += "- "
        position = .afterDash
    }

    /// Goes to where a key or a dash belongs: the first one stands behind the dash before it.
    private mutating func startItem() {
        guard let last = open.indices.last else { return }
        open[last].isEmpty = false
        guard position == .afterKey || position == .afterValue else { return }
        text += "\n" + String(repeating: " ", count: open[last].indent)
    }
}
