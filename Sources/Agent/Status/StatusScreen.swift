package import JSON
import Proxy

/// The status of an agent on one screen, out of the document that it answers with.
package struct StatusScreen: Sendable {
    private let document: JSONObject

    /// Nil for what is no such document.
    package init?(_ document: JSONValue) {
        guard let object = document.object, object["parts"]?.array != nil else { return nil }
        self.document = object
    }
}

extension StatusScreen {
    package var text: String {
        (head + [""] + parts + [""] + kinds + problems).map { $0 + "\n" }.joined()
    }

    /// Whether every part works.
    package var isWell: Bool {
        (document["parts"]?.array ?? []).allSatisfy { part in
            ["ok", "off"].contains(part.object?["state"]?.string ?? "")
        }
    }

    private var head: [String] {
        let process = document["process"]?.object
        let memory = Int(process?["residentBytes"]?.plainText ?? "").map { $0 / 1_048_576 } ?? 0
        return [
            "Node      \(text("node"))",
            "Agent     weft \(text("version")), process \(text("pid")), "
                + "up \(age(document["uptimeSeconds"])), \(memory) MB",
            "Objects   from \(document["source"]?.object?["place"]?.string ?? "")",
        ]
    }

    private func text(_ key: String) -> String { document[key]?.plainText ?? "" }

    private var parts: [String] {
        var rows = [["PART", "STATE", "CHECKED", "ERRORS", "OBJECTS", "CHANGES"]]
        for part in document["parts"]?.array ?? [] {
            guard let part = part.object else { continue }
            rows.append([
                part["name"]?.plainText ?? "", part["state"]?.plainText ?? "",
                part["syncSeconds"].map { ago($0) } ?? "", part["errors"]?.plainText ?? "",
                counts(part["objects"]), counts(part["changes"]),
            ])
        }
        return Self.aligned(rows)
    }

    private var kinds: [String] {
        var rows = [["KIND", "OBJECTS", "LISTED", "HEARD OF", "FAILURES"]]
        for kind in document["source"]?.object?["kinds"]?.array ?? [] {
            guard let kind = kind.object else { continue }
            rows.append([
                kind["kind"]?.plainText ?? "", kind["objects"]?.plainText ?? "",
                kind["synced"]?.plainText == "true" ? "yes" : "not yet",
                kind["contactSeconds"].map { ago($0) } ?? "", kind["failures"]?.plainText ?? "",
            ])
        }
        return Self.aligned(rows)
    }

    /// What is wrong now, then what was.
    private var problems: [String] {
        let parts = (document["parts"]?.array ?? []).compactMap(\.object)
        var lines: [String] = []
        for part in parts {
            guard let problem = part["problem"]?.string else { continue }
            lines.append("\(part["name"]?.plainText ?? ""): \(problem)")
        }
        for part in parts {
            guard let error = part["lastError"]?.object, part["problem"] == nil else { continue }
            lines.append(
                "\(part["name"]?.plainText ?? ""), over since: \(error["time"]?.plainText ?? "") "
                    + "\(error["text"]?.plainText ?? "")")
        }
        return lines.isEmpty ? [] : [""] + lines
    }
}

extension StatusScreen {
    private func counts(_ value: JSONValue?) -> String {
        (value?.object?.members ?? []).filter { $0.value != .number("0") }.map {
            "\($0.key) \($0.value.plainText)"
        }
        .joined(separator: ", ")
    }

    private func ago(_ seconds: JSONValue) -> String {
        seconds == .null ? "never" : "\(age(seconds)) ago"
    }

    /// A time in its two largest units.
    private func age(_ value: JSONValue?) -> String {
        let seconds = Double(value?.plainText ?? "")
        guard let whole = seconds.flatMap({ Int(exactly: $0.rounded(.down)) }) else { return "" }
        return switch whole {
        case ..<60: "\(whole)s"
        case ..<3600: "\(whole / 60)m\(whole % 60)s"
        case ..<86400: "\(whole / 3600)h\(whole % 3600 / 60)m"
        default: "\(whole / 86400)d\(whole % 86400 / 3600)h"
        }
    }

    /// Columns two blanks apart; the last ends the line.
    private static func aligned(_ rows: [[String]]) -> [String] {
        guard let count = rows.first?.count else { return [] }
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width + 2 - cell.count)
            }
            let line = cells.joined()
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
