import JSON
import Kubernetes
import Platform

/// One object, or the endpoints of one service, ready to be shown.
struct Item {
    let kind: Kind
    let key: ObjectKey
    let labels: Labels
    /// The cells of its lines, without the namespace and with those that only wide tables show.
    let rows: [[String]]
    /// What it is in JSON: one object, or of a service's endpoints all slices.
    let documents: () throws(ObjectError) -> [JSONValue]
}

/// A kind of objects that tables show.
protocol Tabled: StoredObject {
    static var columns: [Column] { get }
    /// A cell for each of the columns.
    func cells(at now: WallTime) -> [String]
}

/// A column of a table.
struct Column: Hashable, ExpressibleByStringLiteral {
    let title: String
    var isWide = false

    init(stringLiteral title: String) { self.title = title }

    static func wide(_ title: String) -> Column {
        var column = Column(stringLiteral: title)
        column.isWide = true
        return column
    }
}

extension Item {
    init<Object: Tabled>(_ object: Object, at now: WallTime) {
        kind = Object.kind
        key = object.key
        labels = object.metadata.labels
        rows = [object.cells(at: now)]
        documents = { () throws(ObjectError) in [try object.document] }
    }

    /// As `kubectl -o name` prints it, to be given to other commands.
    var name: String {
        let group = kind.resource.group
        let type = kind.name.lowercased()
        return "\(group.isEmpty ? type : "\(type).\(group)")/\(key.name)"
    }
}
