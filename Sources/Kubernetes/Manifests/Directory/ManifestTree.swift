import Platform

/// The files below a directory, and the watches that tell what happens to them.
///
/// inotify is enough, without looking at everything now and then: it reports every change that
/// goes through this kernel, and says so when it had to drop some. Manifests on a network file
/// system that another machine writes to are not for this.
struct ManifestTree: ~Copyable, Sendable {
    let root: String
    let inotify: Inotify
    private var directories: [String: Watched] = [:]
    private var paths: [Inotify.Watch: Set<String>] = [:]
    private(set) var files: [String: FileStatus] = [:]
    /// Tells when the root, or what leads to it, comes.
    private var outer: (watch: Inotify.Watch, name: String)?

    private struct Watched: Sendable {
        let watch: Inotify.Watch
        let identity: FileIdentity
    }

    init(_ root: String) throws(PlatformError) {
        self.root = root
        inotify = try Inotify()
    }
}

extension ManifestTree {
    enum Finding: Hashable {
        case file(String)
        case gone(String)
    }

    var isRootWatched: Bool { directories[root] != nil }

    /// Whether a path is a manifest's or a directory's, or was one.
    func concerns(_ path: String) -> Bool {
        ManifestName.format(Self.name(of: path)) != nil || directories[path] != nil
            || (try? File.status(path))?.kind == .directory
    }

    /// Whether there was nothing before where there is something now.
    func isNew(_ path: String) -> Bool {
        files[path] == nil && directories[path] == nil && (try? File.status(path)) != nil
    }

    /// Watches the root, if it is there, and all below; else what is nearest above it.
    mutating func start(_ findings: inout [Finding]) throws(PlatformError) {
        try watchOuter()
        try look(root, force: false, &findings)
    }

    /// Looks at a path again; what was read before is found again only if it is another file.
    mutating func look(
        _ path: String, force: Bool, _ findings: inout [Finding]
    ) throws(PlatformError) {
        let status = try File.status(path)
        let name = Self.name(of: path)
        switch status?.kind {
        case .directory where path == root || ManifestName.isDirectory(name):
            forgetFile(path, &findings)
            try enter(path, status?.identity, &findings)
        case .file where ManifestName.format(name) != nil && path != root:
            leave(path, &findings)
            if force || files[path] != status { findings.append(.file(path)) }
            files[path] = status
        default:
            forgetFile(path, &findings)
            leave(path, &findings)
        }
    }

    /// Whether a new name is that of a file whose writer may still be at work.
    func isPlainFile(_ path: String) -> Bool {
        (try? File.linkStatus(path))?.kind == .file
    }

    /// Remembers the state of a file in which it was read.
    mutating func noteRead(_ path: String, _ status: FileStatus?) { files[path] = status }

    /// Looks at all names of a directory.
    mutating func rescan(_ path: String, _ findings: inout [Finding]) throws(PlatformError) {
        let names = try Directory.list(path)
        let present = Set(names.map { "\(path)/\($0)" })
        let known = Set(files.keys).union(directories.keys).filter { Self.parent(of: $0) == path }
        for gone in known.subtracting(present).sorted() {
            forgetFile(gone, &findings)
            leave(gone, &findings)
        }
        for name in names where ManifestName.format(name) != nil || ManifestName.isDirectory(name) {
            try look("\(path)/\(name)", force: false, &findings)
        }
    }
}

extension ManifestTree {
    /// What an event is about.
    enum Meaning: Hashable {
        case path(String, Inotify.Change)
        case rescan(String)
        case restart
    }

    func meaning(of event: Inotify.Event) -> [Meaning] {
        switch event {
        case .overflow: return [.restart]
        case .ended(let watch):
            if watch == outer?.watch { return [.restart] }
            return (paths[watch] ?? []).map { $0 == root ? .restart : .path($0, .removed) }
        case .changed(let watch, let change, let name):
            if name.isEmpty { return [] }
            var meanings = (paths[watch] ?? []).compactMap { meaning(change, name, in: $0) }
            if watch == outer?.watch, name == outer?.name { meanings.append(.restart) }
            return meanings
        }
    }

    private func meaning(_ change: Inotify.Change, _ name: String, in path: String) -> Meaning? {
        if name == ManifestName.mountLink { return .rescan(path) }
        guard ManifestName.format(name) != nil || ManifestName.isDirectory(name) else { return nil }
        return .path("\(path)/\(name)", change)
    }
}

extension ManifestTree {
    /// Watches a directory before it is read, so that nothing is missed in between.
    private mutating func enter(
        _ path: String, _ identity: FileIdentity?, _ findings: inout [Finding]
    ) throws(PlatformError) {
        guard let identity else { return }
        if let watched = directories[path], watched.identity != identity { leave(path, &findings) }
        // A link to a directory that it is in would never end.
        var above = path
        while above != root, above.contains("/") {
            above = Self.parent(of: above)
            if directories[above]?.identity == identity { return }
        }
        do throws(PlatformError) {
            let watch = try inotify.watch(path)
            directories[path] = Watched(watch: watch, identity: identity)
            paths[watch, default: []].insert(path)
            try rescan(path, &findings)
        } catch  where error.isVanished {
            leave(path, &findings)
        }
    }

    private mutating func leave(_ path: String, _ findings: inout [Finding]) {
        guard directories[path] != nil else { return }
        let prefix = "\(path)/"
        for file in files.keys.filter({ $0.hasPrefix(prefix) }).sorted() {
            forgetFile(file, &findings)
        }
        for directory in directories.keys.filter({ $0 == path || $0.hasPrefix(prefix) }) {
            guard let watched = directories.removeValue(forKey: directory) else { continue }
            paths[watched.watch]?.remove(directory)
            guard paths[watched.watch]?.isEmpty == true else { continue }
            paths[watched.watch] = nil
            if watched.watch != outer?.watch { inotify.remove(watched.watch) }
        }
    }

    private mutating func forgetFile(_ path: String, _ findings: inout [Finding]) {
        if files.removeValue(forKey: path) != nil { findings.append(.gone(path)) }
    }

    /// Watches the nearest directory above the root that is there.
    private mutating func watchOuter() throws(PlatformError) {
        var path = root
        while path != "/", path != "." {
            let name = Self.name(of: path)
            path = Self.parent(of: path)
            do throws(PlatformError) {
                let watch = try inotify.watch(path)
                if let last = outer?.watch, last != watch, paths[last] == nil {
                    inotify.remove(last)
                }
                outer = (watch, name)
                return
            } catch  where error.isVanished {
                continue
            }
        }
    }

    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
