import TestSupport
import Testing

@testable import Platform

@Suite(.requiresRoot) struct `Network namespace` {
    @Test func `an anonymous one is new each time and not the caller's`() throws {
        let first = try NetworkNamespace.anonymous()
        let second = try NetworkNamespace.anonymous()
        let own = try NetworkNamespace.current()
        let identities = Set([try first.identity, try second.identity, try own.identity])
        #expect(identities.count == 3)
    }

    @Test func `run is inside it, and the caller stays outside`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let before = try NetworkNamespace.current().identity
        let inside = try namespace.run { () throws(PlatformError) in
            try NetworkNamespace.current().identity
        }
        #expect(inside == (try namespace.identity))
        #expect(before == (try NetworkNamespace.current().identity))
    }

    @Test func `run hands a socket out, and an error`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let socket = try namespace.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        #expect(socket.port != 0)
        #expect(throws: PlatformError(.noDevice, "test")) {
            try namespace.run { () throws(PlatformError) in throw PlatformError(.noDevice, "test") }
        }
    }

    @Test func `the caller is back after an error and after namespaces inside each other`() throws {
        let outer = try NetworkNamespace.anonymous()
        let inner = try NetworkNamespace.anonymous()
        let own = try NetworkNamespace.current().identity
        let seen = try outer.run { () throws(PlatformError) in
            _ = try? inner.run { () throws(PlatformError) in throw PlatformError(.busy, "test") }
            return try NetworkNamespace.current().identity
        }
        #expect(try seen == outer.identity)
        #expect(try own == NetworkNamespace.current().identity)
    }

    @Test func `a path leads back to it`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let again = try NetworkNamespace(path: namespace.path)
        #expect(try again.identity == namespace.identity)
    }

    @Test func `the caller's is known by its identity alone`() throws {
        let namespace = try NetworkNamespace.anonymous()
        #expect(try NetworkNamespace.currentIdentity == NetworkNamespace.current().identity)
        let inside = try namespace.run { () throws(PlatformError) in
            try NetworkNamespace.currentIdentity
        }
        #expect(try inside == namespace.identity)
    }

    @Test func `a lock keeps others out until its owner ends`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let path = namespace.path
        var owner: NetworkNamespace? = try NetworkNamespace(path: path)
        try owner?.lock()
        #expect(try FileLock.attempt(path) == nil)
        owner = nil
        #expect(try FileLock.attempt(path) != nil)
    }

    @Test(arguments: ["/proc/self/ns/mnt", "/proc/self/ns/uts", "/etc/passwd", "/", "/dev/null"])
    func `a path that is something else is refused with advice`(path: String) throws {
        #expect(try !NetworkNamespace.isNetworkNamespace(path))
        let error = #expect(throws: PlatformError.self) { _ = try NetworkNamespace(path: path) }
        #expect(error?.isVanished == false)
        #expect(error?.description.contains("no network namespace: give /run/netns/NAME") == true)
    }

    @Test(arguments: ["/run/netns/weft-none", "/proc/999999999/ns/net", "/etc/passwd/net"])
    func `a path that leads nowhere is recognisably vanished`(path: String) throws {
        #expect(try !NetworkNamespace.isNetworkNamespace(path))
        let error = #expect(throws: PlatformError.self) { _ = try NetworkNamespace(path: path) }
        #expect(error?.isVanished == true)
    }

    @Test func `a path with a NUL is refused, not cut short`() throws {
        let error = #expect(throws: PlatformError.self) {
            _ = try NetworkNamespace(path: "/proc/self/ns/net\0x")
        }
        #expect(error?.description.contains("NUL") == true)
    }
}

@Suite(.requiresRoot) struct `A network namespace's number` {
    @Test func `is given when a link joins it to ours`() throws {
        let lab = Lab()
        let (first, second) = (try lab.host("first"), try lab.host("second"))
        #expect(try first.run { try second.namespace.id } == nil)
        try lab.connect(first, "eth0", [], second, "eth0", [])
        let id = try #require(try first.run { try second.namespace.id })
        #expect(try first.ip("link show eth0").contains("link-netnsid \(id)"))
    }
}
