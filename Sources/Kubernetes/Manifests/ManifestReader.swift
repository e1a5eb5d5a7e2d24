import Platform

/// Reads files when they change, and writes to the store what follows from them.
struct ManifestReader: ~Copyable, Sendable {
    enum Source: UInt64, Sendable {
        case files
    }

    let report: @Sendable (Report) -> Void
    /// Is shown the statistics before consumers see what they count.
    private let show: @Sendable (SourceStatistics) -> Void
    private(set) var statistics = SourceStatistics()
    private var tree: ManifestTree
    private var pending = PendingPaths()
    private var set = ManifestSet()
    private var plane: ControlPlane
    private var writer = StoreWriter()
    private let state: StateFile?
    private var saved: Allocations
    private var isSynced = false
    /// When a root that went away is taken to be gone for good.
    private var rootDeadline: MonotonicTime?

    init(
        _ directory: String, _ options: ManifestOptions,
        _ report: @escaping @Sendable (Report) -> Void,
        _ show: @escaping @Sendable (SourceStatistics) -> Void
    ) throws(PlatformError) {
        self.report = report
        self.show = show
        tree = try ManifestTree(directory)
        state = options.stateFile.map(StateFile.init)
        saved = state?.read(report) ?? Allocations()
        plane = ControlPlane(options.controlPlane, saved, seed: .random(in: 0 ... .max))
    }
}

extension ManifestReader {
    var store: ObjectStore { writer.store }

    var inotify: Descriptor { _read { yield tree.inotify.descriptor } }

    /// When something is to be done though nothing happens.
    var nextLook: MonotonicTime? {
        guard let rootDeadline else { return pending.next }
        return min(rootDeadline, pending.next ?? rootDeadline)
    }

    /// How long the root may be away, when somebody puts another in its place.
    private static let rootAbsence = Duration.seconds(1)

    mutating func start() throws(PlatformError) {
        var findings: [ManifestTree.Finding] = []
        try tree.start(&findings)
        guard tree.isRootWatched else {
            report(Report(.warning, "\(tree.root): there is no such directory; waiting for it"))
            return
        }
        finish(findings)
    }

    /// Takes in what happened, and looks at what is due.
    mutating func advance() throws(PlatformError) {
        var findings: [ManifestTree.Finding] = []
        let now = MonotonicTime.now
        for event in try tree.inotify.read() {
            for meaning in tree.meaning(of: event) { try take(meaning, now, &findings) }
        }
        var due = pending.due(at: .now)
        if due.contains(where: { tree.isNew($0) }) { due += pending.missing() }
        for path in due { try tree.look(path, force: true, &findings) }
        try checkRoot(&findings)
        if !findings.isEmpty || !isSynced && tree.isRootWatched { finish(findings) }
    }

    private mutating func take(
        _ meaning: ManifestTree.Meaning, _ now: MonotonicTime,
        _ findings: inout [ManifestTree.Finding]
    ) throws(PlatformError) {
        switch meaning {
        case .rescan(let path): try tree.rescan(path, &findings)
        case .path(let path, let change):
            guard tree.concerns(path) else { return }
            let isOpen = change == .created && tree.isPlainFile(path)
            pending.note(path, change, isOpen: isOpen, at: now)
        case .restart:
            // What went while the root was away is only known when it is back.
            rootDeadline = now + (try File.status(tree.root) == nil ? Self.rootAbsence : .zero)
        }
    }

    private mutating func checkRoot(
        _ findings: inout [ManifestTree.Finding]
    ) throws(PlatformError) {
        guard let deadline = rootDeadline else { return }
        let isThere = try File.status(tree.root) != nil
        guard isThere || deadline <= .now else { return }
        rootDeadline = nil
        if !isThere {
            report(Report(.error, "\(tree.root): the directory is gone, and all objects with it"))
        }
        try tree.start(&findings)
    }
}

extension ManifestReader {
    /// Reads what was found, and shows consumers all of it at once.
    private mutating func finish(_ findings: [ManifestTree.Finding]) {
        var changes: [ObjectID: DesiredChange] = [:]
        // First what is gone: it may have come back under another name.
        for case .gone(let path) in findings {
            for change in set.remove(path) { changes[change.id] = change }
        }
        let pool = SharingPool()
        for case .file(let path) in findings {
            for change in read(path, pool) { changes[change.id] = change }
        }
        let outcome = plane.apply(changes.values.sorted { $0.id.key < $1.id.key })
        write(outcome)
        outcome.reports.forEach(report)
        save()
    }

    /// What a file changes; a file with problems changes nothing.
    private mutating func read(_ path: String, _ pool: SharingPool) -> [DesiredChange] {
        let name = ManifestTree.name(of: path)
        guard let format = ManifestName.format(name), let text = text(of: path) else { return [] }
        statistics.bytesReceived += UInt64(text.count)
        let file = ManifestFile(text.span, format, pool)
        guard file.problems.isEmpty else {
            for problem in file.problems { report(Report(problem, in: path)) }
            return []
        }
        let (changes, reports) = set.load(path, file.objects)
        reports.forEach(report)
        return changes
    }

    /// The content of a file that did not change while it was read, as far as three tries can tell.
    private mutating func text(of path: String) -> [UInt8]? {
        do throws(PlatformError) {
            var before = try File.status(path)
            for _ in 0..<3 {
                let text = try File.read(path)
                let after = try File.status(path)
                tree.noteRead(path, after)
                if after == before { return text }
                before = after
            }
            pending.note(path, .written, isOpen: false, at: .now)
        } catch {
            // One that went meanwhile is told of by an event.
            if !error.isVanished { report(Report(.error, "\(error); its last version counts")) }
        }
        return nil
    }

    private mutating func save() {
        guard let state, plane.allocations != saved else { return }
        saved = plane.allocations
        state.write(saved, report)
    }
}

extension ManifestReader {
    private mutating func write(_ outcome: ControlPlaneOutcome) {
        if isSynced {
            for id in outcome.deletions { delete(id.kind.type, id.key) }
            for object in outcome.objects { writer.put(object) }
        } else {
            isSynced = true
            for kind in Kind.allCases { replaceAll(kind.type, outcome.objects) }
        }
        let now = MonotonicTime.now
        for kind in Kind.allCases { writer.noteContact(kind, at: now) }
        for object in outcome.objects { noteEvent(type(of: object).kind, now) }
        for id in outcome.deletions { noteEvent(id.kind, now) }
        show(statistics)
        writer.publish()
    }

    private mutating func noteEvent(_ kind: Kind, _ now: MonotonicTime) {
        statistics.kinds[kind, default: .init()].events += 1
        statistics.kinds[kind]?.lastEvent = now
    }

    private mutating func delete<Object: StoredObject>(_ type: Object.Type, _ key: ObjectKey) {
        writer.delete(type, key)
    }

    private mutating func replaceAll<Object: StoredObject>(
        _ type: Object.Type, _ objects: [any StoredObject]
    ) {
        var replacement = writer.beginReplacement(of: type)
        for case let object as Object in objects { replacement.stage(object) }
        writer.commit(replacement)
    }
}

extension Report {
    /// `file:line:column: field: what is wrong`.
    init(_ problem: ObjectError, in path: String) {
        let place = problem.place.map { ":\($0.line):\($0.column)" } ?? ""
        self.init(.error, "\(path)\(place): \(problem); the file's last good version counts")
    }
}
