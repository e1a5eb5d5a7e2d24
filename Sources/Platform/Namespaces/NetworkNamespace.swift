import CLinux
import Glibc

/// A network namespace, kept alive by the descriptor this owns.
package struct NetworkNamespace: ~Copyable, Sendable {
    package let descriptor: Descriptor

    /// Takes over a descriptor of a network namespace, and refuses any other.
    package init(_ descriptor: consuming Descriptor) throws(PlatformError) {
        try Self.check(descriptor, "use as network namespace", "descriptor")
        self.descriptor = descriptor
    }

    /// Opens a namespace by path: /run/netns/NAME, /proc/PID/ns/net or what a runtime hands over.
    package init(path: String) throws(PlatformError) {
        // Nonblocking, or a path that is a pipe would wait for a writer.
        let descriptor = try Descriptor(
            opening: path, O_RDONLY | O_NONBLOCK | O_NOCTTY, "open network namespace")
        try Self.check(descriptor, "open network namespace", path)
        self.descriptor = descriptor
    }

    /// The namespace the calling thread is in.
    package static func current() throws(PlatformError) -> NetworkNamespace {
        try NetworkNamespace(path: currentPath)
    }
}

extension NetworkNamespace {
    /// Whether the path leads to a network namespace; one that leads nowhere does not.
    package static func isNetworkNamespace(_ path: String) throws(PlatformError) -> Bool {
        do throws(PlatformError) {
            _ = try NetworkNamespace(path: path)
            return true
        } catch  where error.isVanished || error.code == .invalid {
            return false
        }
    }

    /// What tells two namespaces apart, whatever paths lead to them.
    package var identity: FileIdentity {
        get throws(PlatformError) { try descriptor.status().identity }
    }

    /// The number by which the calling thread's namespace knows this one, once links join them.
    package var id: UInt32? {
        get throws(PlatformError) {
            let number = descriptor.rawValue
            let socket = try NetlinkSocket(.route)
            let id = try syscall("ask for the number of network namespace") {
                weft_network_namespace_id(socket.socket.descriptor.rawValue, number)
            }
            return UInt32(exactly: id)
        }
    }

    /// What tells the namespace of the calling thread from all others.
    package static var currentIdentity: FileIdentity? {
        get throws(PlatformError) { try File.status(currentPath)?.identity }
    }

    /// Where the calling thread's namespace is found.
    static let currentPath = "/proc/thread-self/ns/net"

    /// Waits until nobody else has locked the namespace; this lock ends with the value.
    package func lock() throws(PlatformError) {
        let number = descriptor.rawValue
        _ = try syscall("lock network namespace") { flock(number, LOCK_EX) }
    }

    /// A path that leads here for every process, while this value lives.
    package var path: String { "/proc/\(getpid())/fd/\(descriptor.rawValue)" }

    private static func check(
        _ descriptor: borrowing Descriptor, _ operation: String, _ subject: String
    ) throws(PlatformError) {
        if weft_is_network_namespace(descriptor.rawValue) { return }
        throw PlatformError(
            .invalid, operation, subject,
            remedy: "this is no network namespace: give /run/netns/NAME or /proc/PID/ns/net")
    }
}
