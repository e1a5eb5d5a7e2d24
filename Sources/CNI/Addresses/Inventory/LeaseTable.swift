import JSON
import Network
package import Platform

/// Leases as text: a table for people, JSON for programs.
package enum LeaseTable {
    private static let header = [
        "ADDRESS", "NETWORK", "CONTAINER", "INTERFACE", "POD", "AGE", "STATE",
    ]

    /// Lines of columns, without trailing blanks.
    package static func text(_ entries: [LeaseEntry], now: WallTime) -> String {
        let rows = [header] + entries.map { row($0, now: now) }
        // The last column ends the line.
        let widths = header.indices.dropLast().map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            zip(row, widths + [0]).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - cell.count))
            }.joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func row(_ entry: LeaseEntry, now: WallTime) -> [String] {
        [
            "\(entry.address)", entry.network, entry.owner.map { shortened($0.containerID) } ?? "-",
            entry.owner?.interface?.rawValue ?? "-", entry.pod ?? "-",
            entry.given.map { age(now - $0) } ?? "-", "\(entry.state)",
        ]
    }

    /// Runtimes' identifiers have 64 digits; as many as tools for containers show tell them apart.
    private static func shortened(_ id: String) -> String {
        id.utf8.count > 40 ? String(id.prefix(13)) : id
    }

    /// The two largest units of a duration: 3d4h, 12m5s.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let units = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] as [(String, Int64)]
        let first = units.firstIndex { seconds >= $0.1 } ?? units.count - 1
        var rest = seconds
        return units[first..<min(first + 2, units.count)].map { name, length in
            defer { rest %= length }
            return "\(rest / length)\(name)"
        }.joined()
    }
}

extension LeaseTable {
    /// Everything there is to know of one lease, a line each.
    package static func details(_ entry: LeaseEntry, now: WallTime) -> String {
        let lines: [(String, String?)] = [
            ("address", "\(entry.address)"), ("network", entry.network),
            ("state", "\(entry.state)"),
            ("container", entry.owner?.containerID),
            ("interface", entry.owner?.interface?.rawValue),
            ("pod", entry.pod), ("link", entry.hostLink?.rawValue),
            ("age", entry.given.map { age(now - $0) }),
        ]
        return lines.compactMap { name, value in
            value.map { name + String(repeating: " ", count: 11 - name.count) + $0 + "\n" }
        }.joined()
    }

    /// A list of objects; what is not known is left out.
    package static func json(_ entries: [LeaseEntry], now: WallTime) -> String {
        JSONValue.array(entries.map { document($0, now: now) }).text + "\n"
    }

    private static func document(_ entry: LeaseEntry, now: WallTime) -> JSONValue {
        let members: [(String, JSONValue?)] = [
            ("address", .string("\(entry.address)")), ("network", .string(entry.network)),
            ("state", .string("\(entry.state)")),
            ("container", entry.owner.map { .string($0.containerID) }),
            ("interface", (entry.owner?.interface?.rawValue).map(JSONValue.string)),
            ("pod", entry.pod.map(JSONValue.string)),
            ("link", (entry.hostLink?.rawValue).map(JSONValue.string)),
            ("ageSeconds", entry.given.map { .number("\((now - $0).components.seconds)") }),
        ]
        return .object(
            JSONObject(
                members: members.compactMap { key, value in
                    value.map { JSONObject.Member(key: key, value: $0) }
                }))
    }
}
