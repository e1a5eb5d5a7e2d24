import TestSupport
import Testing

@testable import Platform

@Suite(.requiresRoot) struct `Named network namespace` {
    @Test func `lives under its name until deleted`() throws {
        let name = Lab.uniqueName("weft")
        let identity = try NetworkNamespace.create(named: name).identity
        defer { try? NetworkNamespace.delete(named: name) }

        #expect(try NetworkNamespace.isNetworkNamespace("/run/netns/\(name)"))
        #expect(try NetworkNamespace.open(named: name).identity == identity)

        try NetworkNamespace.delete(named: name)
        let error = #expect(throws: PlatformError.self) {
            _ = try NetworkNamespace.open(named: name)
        }
        #expect(error?.isVanished == true)
    }

    @Test func `is the one that ip netns enters and deletes`() throws {
        let name = Lab.uniqueName("weft")
        let namespace = try NetworkNamespace.create(named: name)
        defer { try? NetworkNamespace.delete(named: name) }
        let inside = Program("ip", ["netns", "exec", name, "readlink", "/proc/self/ns/net"])
        let seen = String(decoding: try inside.run().output, as: UTF8.self)
        #expect(seen == "net:[\(try namespace.identity.inode)]\n")

        #expect(try Program("ip", ["netns", "delete", name]).run().status.isSuccess)
        #expect(try !NetworkNamespace.isNetworkNamespace("/run/netns/\(name)"))
    }

    @Test func `one that ip netns made is opened and deleted`() throws {
        let name = Lab.uniqueName("weft")
        #expect(try Program("ip", ["netns", "add", name]).run().status.isSuccess)
        _ = try NetworkNamespace.open(named: name)
        try NetworkNamespace.delete(named: name)
        #expect(try !Directory.list(NetworkNamespace.directory).contains(name))
    }

    @Test func `that vanishes while it is open goes on for whoever has it`() throws {
        let name = Lab.uniqueName("weft")
        let namespace = try NetworkNamespace.create(named: name)
        let thread = try NamespaceThread(namespace)
        try NetworkNamespace.delete(named: name)
        let socket = try namespace.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        #expect(socket.port != 0)
        #expect(try thread.run { try NetworkNamespace.current().identity } == namespace.identity)
    }

    @Test func `the file that a reboot leaves is no namespace, and goes when deleted`() throws {
        let name = Lab.uniqueName("weft")
        try Directory.create(NetworkNamespace.directory)
        try File.replace("\(NetworkNamespace.directory)/\(name)", with: [UInt8]().span)
        let error = #expect(throws: PlatformError.self) {
            _ = try NetworkNamespace.open(named: name)
        }
        #expect(error?.code == .invalid)
        try NetworkNamespace.delete(named: name)
        #expect(try !NetworkNamespace.isNetworkNamespace("/run/netns/\(name)"))
    }

    @Test func `a taken name is refused and keeps its namespace`() throws {
        let name = Lab.uniqueName("weft")
        let identity = try NetworkNamespace.create(named: name).identity
        defer { try? NetworkNamespace.delete(named: name) }

        let error = #expect(throws: PlatformError.self) {
            _ = try NetworkNamespace.create(named: name)
        }
        #expect(error?.code == .exists)
        #expect(try NetworkNamespace.open(named: name).identity == identity)
    }

    @Test(arguments: ["", ".", "..", "a/b", "a\0b", String(repeating: "n", count: 256)])
    func `a name that cannot be one is refused`(name: String) {
        #expect(throws: PlatformError.self) { _ = try NetworkNamespace.create(named: name) }
    }

    @Test func `deleting one that is gone says so`() {
        let error = #expect(throws: PlatformError.self) {
            try NetworkNamespace.delete(named: "weft-test-never")
        }
        #expect(error?.isVanished == true)
    }
}
