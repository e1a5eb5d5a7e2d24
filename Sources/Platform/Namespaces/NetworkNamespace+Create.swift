import CLinux
import Glibc

extension NetworkNamespace {
    /// A new namespace without a name: it ends with its last descriptor, process and socket.
    package static func anonymous() throws(PlatformError) -> NetworkNamespace {
        try runOnOwnThread { () throws(PlatformError) in
            _ = try syscall("create network namespace") { weft_unshare_network() }
            return try current()
        }
    }

    /// Where named namespaces live, for `ip netns` and container runtimes alike.
    package static let directory = "/run/netns"

    /// A new namespace that lives under its name until it is deleted, as `ip netns add` makes it.
    package static func create(named name: String) throws(PlatformError) -> NetworkNamespace {
        let path = try path(ofName: name)
        try prepareDirectory()
        let namespace = try anonymous()
        try namespace.keep(at: path)
        return namespace
    }

    /// Makes the namespace live at a path that is free, until that is given up.
    package borrowing func keep(at path: String) throws(PlatformError) {
        let mountPoint = try Descriptor(
            opening: path, O_RDONLY | O_CREAT | O_EXCL, "create network namespace")
        do throws(PlatformError) {
            try mount("/proc/self/fd/\(descriptor.rawValue)", on: path, MS_BIND)
        } catch {
            _ = unsafe unlink(path)
            throw error
        }
        // Only its name is needed from here on: the namespace lies over the file.
        _ = consume mountPoint
    }

    /// Takes away what `keep` has made; what still runs in the namespace keeps it alive.
    package static func giveUp(_ path: String) throws(PlatformError) {
        do throws(PlatformError) {
            try unmount(path)
        } catch  where error.code == .invalid {
            // Not mounted: the file a reboot or a half-done creation left behind.
        }
        _ = try syscall("delete network namespace", path: path) { unsafe unlink($0) }
    }

    /// Opens a namespace by name.
    package static func open(named name: String) throws(PlatformError) -> NetworkNamespace {
        try NetworkNamespace(path: try path(ofName: name))
    }

    /// Takes a namespace's name away; what still runs in it keeps it alive.
    package static func delete(named name: String) throws(PlatformError) {
        try giveUp(path(ofName: name))
    }

    private static func path(ofName name: String) throws(PlatformError) -> String {
        if name.isEmpty || name == "." || name == ".." || name.utf8.contains(UInt8(ascii: "/")) {
            throw PlatformError(
                .invalid, "name network namespace", "\"\(name)\"",
                remedy: "a name is one path component: not empty, no /, not . or ..")
        }
        return "\(directory)/\(name)"
    }
}

extension NetworkNamespace {
    /// Makes the directory a shared mount point: names then show in every mount namespace.
    private static func prepareDirectory() throws(PlatformError) {
        do throws(PlatformError) {
            _ = try syscall("create directory", path: directory) { unsafe mkdir($0, 0o755) }
        } catch  where error.code == .exists {
            // Somebody's earlier namespace made it.
        }
        let lock = try lockDirectory()
        do throws(PlatformError) {
            try mount("", on: directory, MS_SHARED | MS_REC)
        } catch  where error.code == .invalid {
            // Not a mount point yet: become one, by a mount of itself.
            try mount(directory, on: directory, MS_BIND | MS_REC)
            try mount("", on: directory, MS_SHARED | MS_REC)
        }
        _ = consume lock
    }

    /// The lock `ip netns` takes too, or two first creations would stack two mounts.
    private static func lockDirectory() throws(PlatformError) -> Descriptor {
        let lock = try Descriptor(opening: directory, O_RDONLY | O_DIRECTORY, "open directory")
        let number = lock.rawValue
        _ = try syscall("lock directory", directory) { flock(number, LOCK_EX) }
        return lock
    }
}
