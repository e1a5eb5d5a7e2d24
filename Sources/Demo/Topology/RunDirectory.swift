import Platform

/// Where a demonstration keeps what it has made: its namespaces, manifests, logs.
///
/// What `down` removes is found here, whether or not the one that made it still runs.
package struct RunDirectory: Hashable, Sendable {
    package let path: String

    package static let standardPath = "/run/weft-demo"

    package init(_ path: String = standardPath) { self.path = path }

    var namespaces: String { "\(path)/net" }
    var manifests: String { "\(path)/manifests" }
    var logs: String { "\(path)/log" }

    func namespace(_ machine: String) -> String { "\(namespaces)/\(machine)" }
    func manifest(_ name: String) -> String { "\(manifests)/\(name).yaml" }
    func log(_ name: String) -> String { "\(logs)/\(name).log" }
    /// What belongs to one node alone.
    func node(_ name: String) -> String { "\(path)/\(name)" }
    /// What containers have as /etc/resolv.conf.
    var resolverFile: String { "\(path)/resolv.conf" }

    /// Says that the directory is a demonstration's, so that nothing else is ever removed.
    private var mark: String { "\(path)/demo" }
    var isOurs: Bool {
        get throws(PlatformError) { try File.status(mark) != nil }
    }

    /// Whether there is anything at the path.
    var exists: Bool {
        get throws(PlatformError) { try File.linkStatus(path) != nil }
    }
}

extension RunDirectory {
    /// Sees to it that no other demonstration is at the path; one that was killed is removed.
    func claim() throws {
        guard try exists else { return }
        if try isKept {
            throw DemoError(
                .state, "make a cluster in \(path)",
                "one was kept there; 'weft demo down' removes it")
        }
        _ = try Cluster.tearDown(self)
    }

    /// Notes that the demonstration is to stay.
    func keep() throws(PlatformError) {
        try File.replace(keptMark, with: "\n".utf8.span, durably: false)
    }

    private var keptMark: String { "\(path)/kept" }
    private var isKept: Bool {
        get throws(PlatformError) { try File.status(keptMark) != nil }
    }

    /// Makes the directory, and holds it until the lock's end.
    func create() throws(PlatformError) -> FileLock {
        try Directory.create(path)
        let lock = try FileLock(path)
        try File.replace(mark, with: "\(ProcessID.current.rawValue)\n".utf8.span, durably: false)
        for directory in [namespaces, manifests, logs] { try Directory.create(directory) }
        return lock
    }

    /// The lock, unless the demonstration that made the directory still runs.
    func attemptLock() throws(PlatformError) -> FileLock? { try FileLock.attempt(path) }

    /// The process that made it.
    var owner: String {
        let text = (try? File.read(mark)) ?? []
        return String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Removes all files; namespaces must have been given up.
    func remove() throws(PlatformError) { try Self.removeTree(path) }

    private static func removeTree(_ path: String) throws(PlatformError) {
        guard try File.linkStatus(path)?.kind == .directory else {
            try File.remove(path)
            return
        }
        for name in try Directory.list(path) { try removeTree("\(path)/\(name)") }
        try Directory.remove(path)
    }
}
