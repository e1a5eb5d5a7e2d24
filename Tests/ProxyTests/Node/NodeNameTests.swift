import Platform
import Testing

@testable import Proxy

@Suite struct `S3 The node's name` {
    @Test(
        arguments: [
            ("", "Node-1.Example", "node-1.example"), ("Other", "node", "other"),
            (" \tA b\n", "node", "a b"), ("", " node ", "node"), ("", "", nil), (" ", "node", nil),
        ] as [(String, String, String?)])
    func `is the override or the machine's, in lower case`(
        override: String, hostname: String, name: String?
    ) {
        #expect(NodeName.resolve(override: override, hostname: hostname) == name)
    }

    @Test func `is found on this machine`() throws {
        let name = try NodeName.resolve(ProxyConfiguration())
        #expect(try name == Machine.hostname.lowercased())
    }
}
