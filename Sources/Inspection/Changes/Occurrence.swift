import JSON
import Kubernetes
import Platform

/// Something that is told in a line of `weft watch`.
struct Occurrence {
    /// ADDED, MODIFIED or DELETED, or another word for what is not about one object.
    let type: String
    var kind = ""
    var key: ObjectKey?
    let text: String
    var object: JSONValue?
}

extension Occurrence {
    /// The object comes along only for machines.
    init<Object: Telling>(
        _ change: Change<Object>, withObject: Bool
    ) throws(ObjectError) {
        type = ChangeType(change).rawValue
        kind = Object.kind.name
        key = change.key
        text = try Summary.text(change)
        if withObject { object = try (change.now ?? change.before)?.value.document }
    }

    static func synced(_ kind: Kind, in snapshot: Snapshot) -> Occurrence {
        let count = snapshot.count(of: kind)
        let noun = count == 1 ? "object" : "objects"
        return Occurrence(type: "SYNCED", kind: kind.name, text: "\(count) \(noun)")
    }

    static func unsynced(_ kind: Kind, after patience: Duration) -> Occurrence {
        Occurrence(
            type: "UNSYNCED", kind: kind.name,
            text: "not listed yet after \(patience.components.seconds) s")
    }

    static func connected(_ count: Int) -> Occurrence {
        Occurrence(type: "CONNECTED", text: "connection \(count) of this process")
    }

    init(_ report: Report) {
        switch report.level {
        case .info: type = "INFO"
        case .warning: type = "WARNING"
        case .error: type = "ERROR"
        }
        text = report.text
    }
}

extension Occurrence {
    /// A line for people; words that end early are filled up, so that names stand in a column.
    func line(at time: WallTime) -> String {
        let width = (type: 9, kind: 13)
        var words = [time.text, type.padded(to: width.type)]
        if !kind.isEmpty { words.append(kind.padded(to: width.kind)) }
        if let key { words.append("\(key)") }
        return (words + [text]).filter { !$0.isEmpty }.joined(separator: " ") + "\n"
    }

    /// A line for machines.
    func json(at time: WallTime) -> String {
        let members: [(String, JSONValue?)] = [
            ("time", .string(time.text)), ("type", .string(type)),
            ("kind", kind.isEmpty ? nil : .string(kind)),
            ("namespace", (key?.namespace).flatMap { $0.isEmpty ? nil : .string($0) }),
            ("name", (key?.name).map(JSONValue.string)),
            ("text", text.isEmpty ? nil : .string(text)), ("object", object),
        ]
        let known = members.compactMap { key, value in
            value.map { JSONObject.Member(key: key, value: $0) }
        }
        return JSONValue.object(JSONObject(members: known)).text + "\n"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
