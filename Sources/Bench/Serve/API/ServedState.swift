import Kubernetes
import Platform

/// The objects of an API server at one moment, what happened lately, and who is to be told.
struct ServedState {
    private(set) var version: UInt64 = 0
    var tables = [ServedTable](repeating: ServedTable(), count: Kind.allCases.count)
    /// The last changes, the oldest first.
    private var changes: [ServedChange] = []
    /// The first state from which all changes are known.
    private var knownSince: UInt64 = 0
    private var watches: [ServedWatch] = []

    /// So many changes are kept at least.
    private static let memory = 10_000
    private static let batch = 64 << 10
}

extension ServedState {
    subscript(kind: Kind) -> ServedTable {
        get { tables[Int(kind.rawValue)] }
        _modify { yield &tables[Int(kind.rawValue)] }
    }

    /// Takes an object in, and tells who watches; says when it was about to be told.
    mutating func put(_ object: any KubernetesObject) throws(ObjectError) -> MonotonicTime {
        version += 1
        var object = object
        object.metadata.resourceVersion = "\(version)"
        let before = self[object.kind][object.key]
        self[object.kind].put(object)
        return try tell(
            ServedChange(version: version, kind: object.kind, before: before, now: object))
    }

    mutating func delete(_ kind: Kind, _ key: ObjectKey) throws(ObjectError) -> MonotonicTime? {
        guard let before = self[kind][key] else { return nil }
        version += 1
        self[kind].delete(key)
        return try tell(ServedChange(version: version, kind: kind, before: before, now: nil))
    }

    private mutating func tell(_ change: ServedChange) throws(ObjectError) -> MonotonicTime {
        changes.append(change)
        if changes.count > 2 * Self.memory {
            changes.removeFirst(Self.memory)
            knownSince = (changes.first?.version ?? version) - 1
        }
        var begin: MonotonicTime?
        for watch in watches where watch.kind == change.kind {
            guard let event = try change.event(watch.selection, watch.format) else { continue }
            begin = begin ?? .now
            watch.tell(event)
        }
        return begin ?? .now
    }

    /// Forgets how the objects came, as a server does that has just begun.
    mutating func begin() {
        changes = []
        knownSince = version
    }
}

extension ServedState {
    func watchCount(of kind: Kind) -> Int { watches.count { $0.kind == kind } }

    mutating func endWatches(of outlet: Outlet) { watches.removeAll { $0.outlet === outlet } }

    /// Tells watchers that nothing has happened, as servers do once a minute.
    func sendBookmarks(by outlets: Set<ObjectIdentifier>) throws(ObjectError) {
        for watch in watches where outlets.contains(ObjectIdentifier(watch.outlet)) {
            watch.tell(try watch.format.bookmark(of: watch.kind, version: "\(version)"))
        }
    }

    /// Begins with all objects, and then says that these were all.
    mutating func addFromBeginning(
        _ watch: ServedWatch, isMarked: Bool
    ) throws(ObjectError) {
        var waiting: [UInt8] = []
        for place in self[watch.kind].objects.indices
        where watch.selection.takes(self[watch.kind].objects[place]) {
            let event = try self[watch.kind].encode(place, watch.format).addition
            waiting += HTTPAnswer.chunk(event)
            // As servers do: what comes at once goes out together.
            if waiting.count < Self.batch { continue }
            watch.outlet.send(waiting)
            waiting.removeAll(keepingCapacity: true)
        }
        watch.outlet.send(waiting)
        if isMarked {
            watch.tell(
                try watch.format.bookmark(
                    of: watch.kind, version: "\(version)", endsInitialEvents: true))
        }
        watches.append(watch)
    }

    /// Begins after a state; false if it is too long ago.
    mutating func add(_ watch: ServedWatch, after state: UInt64) throws(ObjectError) -> Bool {
        guard state >= knownSince else { return false }
        let first = changes.partitioningIndex { $0.version > state }
        for change in changes[first...] where change.kind == watch.kind {
            if let event = try change.event(watch.selection, watch.format) { watch.tell(event) }
        }
        watches.append(watch)
        return true
    }
}

extension [ServedChange] {
    /// The first place from which the condition holds.
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
