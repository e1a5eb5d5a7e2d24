import Platform

/// Removes what a demonstration has made, as far as it is still there.
struct Teardown {
    let directory: RunDirectory

    /// How long a process may take to end after it was killed.
    private static let patience = Duration.seconds(5)
    private static let pause = Duration.milliseconds(2)

    /// Ends all that runs in the namespaces, and removes these and all files.
    func run() throws(PlatformError) {
        let names =
            try File.status(directory.namespaces) == nil
            ? [] : Directory.list(directory.namespaces)
        let paths = names.map(directory.namespace)
        try endProcesses(in: paths)
        for path in paths { try NetworkNamespace.giveUp(path) }
        try directory.remove()
    }

    private func endProcesses(in paths: [String]) throws(PlatformError) {
        var namespaces: Set<FileIdentity> = []
        for path in paths where try NetworkNamespace.isNetworkNamespace(path) {
            if let status = try File.status(path) { namespaces.insert(status.identity) }
        }
        let deadline = MonotonicTime.now + Self.patience
        while true {
            let processes = try Self.processes(in: namespaces)
            if processes.isEmpty || MonotonicTime.now > deadline { return }
            for process in processes { try process.send(.kill) }
            sleep(for: Self.pause)
        }
    }

    private static func processes(
        in namespaces: Set<FileIdentity>
    ) throws(PlatformError) -> [ProcessID] {
        var found: [ProcessID] = []
        for name in try Directory.list("/proc") {
            guard let number = CInt(name), ProcessID(rawValue: number) != .current else { continue }
            // One that has ended meanwhile has no namespace.
            let status = (try? File.status("/proc/\(name)/ns/net")) ?? nil
            if let status, namespaces.contains(status.identity) {
                found.append(ProcessID(rawValue: number))
            }
        }
        return found
    }
}
