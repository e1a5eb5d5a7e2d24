import JSON
import Kubernetes

/// A change of an object in a few words.
enum Summary {
    static func text<Object: Telling>(
        _ change: Change<Object>
    ) throws(ObjectError) -> String {
        guard let now = change.now?.value else { return "" }
        guard let before = change.before?.value else { return state(now.facts) }
        if change.isReplacement { return "another of the same name, " + state(now.facts) }
        let differences = zip(before.facts, now.facts).filter { $0 != $1 }
            .map { "\($1.name) \(Summary.difference($0.text, $1.text))" }
        return differences.isEmpty
            ? try fields(before, now) : differences.joined(separator: ", ")
    }

    /// What is so with a new object; what it has none of need not be said.
    private static func state(_ facts: [Fact]) -> String {
        facts.filter { $0.text != Cells.none && $0.text != "0" }
            .map { "\($0.name) \($0.text)" }.joined(separator: ", ")
    }

    /// Both texts with an arrow, and what both end with only once: `3 → 4 ready`.
    static func difference(_ before: String, _ now: String) -> String {
        var (old, new) = (before.split(separator: " "), now.split(separator: " "))
        while old.count > 1, new.count > 1, old.last == new.last {
            old.removeLast()
            new.removeLast()
        }
        let ending = now.split(separator: " ").dropFirst(new.count)
        return (old + ["→"] + new + ending).joined(separator: " ")
    }
}

extension Summary {
    /// More fields than these are counted.
    private static let shownFields = 3

    /// Which fields differ, of what no fact tells.
    private static func fields<Object: Telling>(
        _ before: Object, _ now: Object
    ) throws(ObjectError) -> String {
        let paths = paths(try before.document, try now.document, "")
            .filter { $0 != "metadata.resourceVersion" }
        let more = paths.count > shownFields ? " and \(paths.count - shownFields) more" : ""
        return paths.prefix(shownFields).joined(separator: ", ") + more
    }

    /// Where two values differ, as people write it: `endpoints[2].zone`.
    private static func paths(_ before: JSONValue, _ now: JSONValue, _ path: String) -> [String] {
        switch (before, now) {
        case (.object(let before), .object(let now)):
            let keys = Set((before.members + now.members).map(\.key))
            return keys.sorted().flatMap { key in
                let inner = path.isEmpty ? key : "\(path).\(key)"
                return paths(before[key] ?? .null, now[key] ?? .null, inner)
            }
        case (.array(let before), .array(let now)) where before.count == now.count:
            return before.indices.flatMap { paths(before[$0], now[$0], "\(path)[\($0)]") }
        default: return before == now ? [] : [path]
        }
    }
}
