import Platform

/// Where the demonstration may mount: anywhere for root, else in mounts of its own.
enum Privacy {
    /// Sees to it that namespaces can be kept by name; to be called before any thread starts.
    static func prepare(for directory: RunDirectory, keeps: Bool) throws(DemoError) {
        do throws(PlatformError) {
            _ = try NetworkNamespace.anonymous()
            if try mayMount(at: directory.path) { return }
        } catch {
            throw DemoError(.privilege, "make network namespaces", "\(error)")
        }
        if keeps {
            throw DemoError(
                .privilege, "keep the cluster",
                "its namespaces have no names outside of this process: run as root")
        }
        try DemoError.of(.privilege, "make mounts of its own") {
            try MountNamespace.separate()
            let parent = directory.path.split(separator: "/").dropLast()
            try MountNamespace.layMemory(over: "/" + parent.joined(separator: "/"))
        }
    }

    /// Tries it out, and leaves nothing.
    private static func mayMount(at path: String) throws(PlatformError) -> Bool {
        do throws(PlatformError) {
            try Directory.create(path)
            defer { _ = try? Directory.remove(path) }
            try MountNamespace.lay(path, over: path)
            try MountNamespace.remove(path)
            return true
        } catch
            where [.notPermitted, .accessDenied, .readOnlyFileSystem].contains(error.code)
        {
            return false
        }
    }
}
