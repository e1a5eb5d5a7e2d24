import Platform

/// Which paths are to be looked at, and when: a file that is being replaced is left alone.
///
/// Editors write in several steps. `vim` renames the old file away, makes a new one, writes it and
/// may wait for the disk; until the new one is closed, the old content counts.
struct PendingPaths {
    private struct Entry {
        var due: MonotonicTime
        var isRemoval: Bool
    }

    private var entries: [String: Entry] = [:]
}

extension PendingPaths {
    /// Events of one save come together; what follows within this time is read once.
    static let settling = Duration.milliseconds(5)
    /// How long a name may be missing while an editor puts another file in its place.
    static let absence = Duration.milliseconds(25)
    /// How long a new file may take to be written; it is read then, closed or not.
    static let writing = Duration.seconds(2)

    var next: MonotonicTime? { entries.values.map(\.due).min() }

    /// Notes an event; a link or a directory is complete as soon as it is there.
    mutating func note(
        _ path: String, _ change: Inotify.Change, isOpen: Bool, at now: MonotonicTime
    ) {
        switch change {
        case .created where isOpen: set(path, now + Self.writing, isRemoval: false)
        case .created, .written, .movedIn: hasten(path, now + Self.settling)
        case .removed, .movedOut: set(path, now + Self.absence, isRemoval: true)
        case .other: if entries[path] == nil { hasten(path, now + Self.settling) }
        }
    }

    /// The paths whose time has come.
    mutating func due(at now: MonotonicTime) -> [String] { take { $0.due <= now } }

    /// The paths that are missing, whose time has not come.
    ///
    /// With a new file at hand it may be one of these under another name.
    mutating func missing() -> [String] { take(\.isRemoval) }

    private mutating func take(_ isMeant: (Entry) -> Bool) -> [String] {
        let paths = entries.filter { isMeant($0.value) }.keys.sorted()
        for path in paths { entries[path] = nil }
        return paths
    }

    private mutating func set(_ path: String, _ due: MonotonicTime, isRemoval: Bool) {
        entries[path] = Entry(due: due, isRemoval: isRemoval)
    }

    /// Moves the look forward to a time, never back.
    private mutating func hasten(_ path: String, _ due: MonotonicTime) {
        let isRemoval = entries[path]?.isRemoval ?? true
        let before = isRemoval ? due : entries[path]?.due ?? due
        set(path, min(before, due), isRemoval: false)
    }
}
