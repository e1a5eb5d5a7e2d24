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
