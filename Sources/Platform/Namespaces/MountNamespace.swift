import CLinux
import Glibc

/// The mounts that a process sees.
package enum MountNamespace {
    /// Gives the process mounts of its own: to be called before any other thread starts.
    ///
    /// What is mounted from here on nobody else sees, and it ends with the last process that does.
    package static func separate() throws(PlatformError) {
        _ = try syscall("create mount namespace") { weft_unshare_mounts() }
        try mount("", on: "/", MS_REC | MS_PRIVATE)
    }

    /// Lays a file or directory over another one.
    package static func lay(_ source: String, over target: String) throws(PlatformError) {
        try checkForNUL(source, "mount")
        try mount(source, on: target, MS_BIND)
    }

    /// Takes away what was laid over a file or directory last.
    package static func remove(_ target: String) throws(PlatformError) { try unmount(target) }

    /// Lays an empty directory in memory over another one.
    package static func layMemory(over target: String) throws(PlatformError) {
        try mount("weft", on: target, MS_NOSUID | MS_NODEV, type: "tmpfs")
    }
}

func mount(
    _ source: String, on target: String, _ flags: Int, type: String = "none"
) throws(PlatformError) {
    _ = try syscall("mount", path: target) {
        unsafe Glibc.mount(source, $0, type, UInt(flags), nil)
    }
}

func unmount(_ path: String) throws(PlatformError) {
    _ = try syscall("unmount", path: path) { unsafe umount2($0, CInt(MNT_DETACH)) }
}
