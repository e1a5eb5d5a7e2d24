/// All files of a directory with what they say, and which of them owns each object.
///
/// An object belongs to the first file that has it, by path: so it does not depend on which file
/// was seen first, and a restart gives the same.
package struct ManifestSet: Sendable {
    private var files: [String: [ObjectID: ManifestObject]] = [:]
    /// The files that have an object, in order.
    private var claims: [ObjectID: [String]] = [:]

    package init() {}
}

extension ManifestSet {
    package var objectCount: Int { claims.count }
    package var paths: Dictionary<String, [ObjectID: ManifestObject]>.Keys { files.keys }

    /// Puts what a file says now in the place of what it said before.
    package mutating func load(
        _ path: String, _ objects: [ManifestObject]
    ) -> (changes: [DesiredChange], reports: [Report]) {
        let before = files[path] ?? [:]
        let now = Dictionary(objects.map { ($0.id, $0) }) { first, _ in first }
        let touched = Set(before.keys).union(now.keys)
        let owners = Dictionary(uniqueKeysWithValues: touched.map { ($0, owned($0)) })
        files[path] = now.isEmpty ? nil : now
        var reports: [Report] = []
        for id in touched.sorted(by: { "\($0)" < "\($1)" }) {
            claim(id, path, now[id] != nil)
            guard now[id] != nil, claims[id]?.count ?? 0 > 1 else { continue }
            reports.append(conflict(over: id))
        }
        let changes = owners.compactMap { id, before in change(of: id, from: before) }
        return (changes.sorted { "\($0.id)" < "\($1.id)" }, reports)
    }

    package mutating func remove(_ path: String) -> [DesiredChange] { load(path, []).changes }

    private func owned(_ id: ObjectID) -> ManifestObject? {
        claims[id]?.first.flatMap { files[$0]?[id] }
    }

    private mutating func claim(_ id: ObjectID, _ path: String, _ isThere: Bool) {
        var paths = claims[id] ?? []
        paths.removeAll { $0 == path }
        if isThere {
            paths.insert(path, at: paths.firstIndex { $0 > path } ?? paths.count)
        }
        claims[id] = paths.isEmpty ? nil : paths
    }

    private func change(of id: ObjectID, from before: ManifestObject?) -> DesiredChange? {
        let now = owned(id)
        if let before, let now, now.object.isEqual(to: before.object) { return nil }
        if before == nil, now == nil { return nil }
        return DesiredChange(id, now?.object, origin: now == nil ? "" : origin(of: id))
    }

    private func origin(of id: ObjectID) -> String {
        claims[id]?.first.map { place(of: id, in: $0) } ?? ""
    }

    private func place(of id: ObjectID, in path: String) -> String {
        guard let place = files[path]?[id]?.place else { return path }
        return "\(path):\(place.line):\(place.column)"
    }

    private func conflict(over id: ObjectID) -> Report {
        let places = (claims[id] ?? []).map { place(of: id, in: $0) }
        let others = places.dropFirst().joined(separator: ", ")
        return Report(
            .error, "\(others): \(id) is in \(places[0]) already, which counts; remove one of them")
    }
}
