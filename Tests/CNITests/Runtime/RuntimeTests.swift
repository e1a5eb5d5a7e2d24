import Network
import Platform
import TestSupport
import Testing

@testable import CNI

/// Whether this machine has the suite that others use.
private let hasReference = (try? File.status("\(Node.reference)/bridge")) != nil

@Suite("The plugins work in chains with other suites'", .requiresRoot, .enabled(if: hasReference))
struct RuntimeTests {
    /// Debian's bridge, which runs our IPAM as a program, and our bandwidth plugin after it.
    private static let list = """
        {"cniVersion":"1.0.0","name":"mixed","plugins":[
          {"type":"their-bridge","bridge":"cni0","isDefaultGateway":true,
           "ipam":{"type":"weft-ipam","ranges":[[{"subnet":"10.5.0.0/24"}]]}},
          {"type":"weft-bandwidth","capabilities":{"bandwidth":true}}
        ]}
        """

    private func withRuntime(_ body: (Lab, Runtime) throws -> Void) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let node = try Node(lab, in: directory)
                try File.link(
                    "\(node.searchPath[0])/their-bridge", to: "\(Node.reference)/bridge")
                try body(lab, Runtime(node: node, list: NetworkList(parsing: Self.list)))
            }
        }
    }

    @Test("C32, C35: another suite's bridge gives our addresses, and our limits follow it")
    func mixedChain() throws {
        try withRuntime { lab, runtime in
            let bandwidth = JSONValue.object([
                "IngressRate": .number("80000000"), "IngressBurst": .number("4294967295"),
                "EgressRate": .number("80000000"), "EgressBurst": .number("4294967295"),
            ])
            let first = try Pod("first", lab)
            try runtime.delete(first, runtime.add(first))
            let before = try runtime.node.residue

            let (one, other) = (
                try Pod("one", lab, capabilities: ["bandwidth": bandwidth]), try Pod("other", lab)
            )
            let result = try runtime.add(one)
            let otherResult = try runtime.add(other)
            #expect(result.result.interfaces.last?.name.hasPrefix("wifb") == true)
            try runtime.check(one, result)
            try runtime.check(other, otherResult)
            let server = try other.host.serve(.tcp, 80)
            let target = AddressAndPort(try #require(otherResult.addresses.first), 80)
            #expect(try one.host.ask(.tcp, target).client.address == result.addresses.first)
            withExtendedLifetime(server) {}

            try runtime.delete(one, result)
            try runtime.delete(one.withoutNamespace)
            try runtime.delete(other, otherResult)
            #expect(try runtime.node.residue == before)
        }
    }
}
