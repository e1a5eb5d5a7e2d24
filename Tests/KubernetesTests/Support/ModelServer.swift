import Kubernetes

/// What an API server does with the objects of one kind, as far as lists and watches can tell.
struct ModelServer {
    struct Event: Hashable {
        enum Change: Hashable {
            case added
            case modified
            case deleted
        }

        let change: Change
        /// With the version of the event; of what is deleted, the last state.
        let object: Service
        let version: Int
    }

    struct Page {
        let objects: [Service]
        let version: Int
        /// Empty in the last one.
        let next: String
        let remaining: Int
    }

    enum Refusal: Error, Hashable {
        /// 410: what is asked for is forgotten.
        case expired
        /// 504: what is asked for has not come yet.
        case versionTooLarge
    }

    private(set) var version = 1
    private(set) var objects: [String: Service] = [:]
    /// The version that nothing is remembered before.
    private(set) var compacted = 0
    private var history: [Event] = []
    /// The lists whose pages can still be asked for.
    private var lists: [Int: [Service]] = [:]
    private var uids = 0
}

extension ModelServer {
    /// Creates an object, or gives it another content.
    mutating func put(_ name: String, _ content: String) {
        version += 1
        var object = objects[name] ?? make(name)
        object.metadata.resourceVersion = "\(version)"
        object.metadata.labels["content"] = content
        let change: Event.Change = objects[name] == nil ? .added : .modified
        objects[name] = object
        history.append(Event(change: change, object: object, version: version))
    }

    private mutating func make(_ name: String) -> Service {
        uids += 1
        return service(name, version, uid: "uid-\(uids)")
    }

    mutating func delete(_ name: String) {
        guard var object = objects.removeValue(forKey: name) else { return }
        version += 1
        object.metadata.resourceVersion = "\(version)"
        history.append(Event(change: .deleted, object: object, version: version))
    }

    /// Forgets what was, but for so many events.
    mutating func compact(keeping count: Int) {
        guard history.count > count else { return }
        history.removeFirst(history.count - count)
        compacted = history.first.map { $0.version - 1 } ?? version
        lists = lists.filter { $0.key >= compacted }
    }

    /// Goes back to a state of long ago, as when a backup is restored.
    mutating func restore(_ backup: ModelServer) {
        let uids = self.uids
        self = backup
        self.uids = uids
    }
}

extension ModelServer {
    /// The first page of a list, or all of it.
    mutating func list(limit: Int?, notOlderThan oldest: Int? = nil) throws(Refusal) -> Page {
        if let oldest, oldest > version { throw .versionTooLarge }
        let all = objects.values.sorted { $0.metadata.name < $1.metadata.name }
        lists[version] = all
        return page(of: all, at: version, from: 0, limit: limit)
    }

    /// A further page, of the same list whatever happened since.
    func list(limit: Int?, next: String) throws(Refusal) -> Page {
        let parts = next.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, let all = lists[parts[0]] else { throw .expired }
        return page(of: all, at: parts[0], from: parts[1], limit: limit)
    }

    private func page(of all: [Service], at version: Int, from start: Int, limit: Int?) -> Page {
        let end = min(all.count, start + (limit ?? all.count))
        return Page(
            objects: Array(all[start..<end]), version: version,
            next: end < all.count ? "\(version)/\(end)" : "", remaining: all.count - end)
    }

    /// What happened after a version.
    func events(after start: Int) throws(Refusal) -> ArraySlice<Event> {
        if start < compacted { throw .expired }
        if start > version { throw .versionTooLarge }
        return history[history.partitioningIndex { $0.version > start }...]
    }
}

extension Array {
    /// The first index from which on the predicate holds.
    fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
