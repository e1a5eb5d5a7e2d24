import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite(
    "The plugins work in chains with other suites'", .requiresRoot, .enabled(if: Node.hasReference))
struct RuntimeTests {
    private func withRuntime(
        _ plugins: String, _ body: (Lab, Runtime) throws -> Void
    ) throws {
        let list = #"{"cniVersion":"1.0.0","name":"mixed","plugins":[\#(plugins)]}"#
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let node = try Node(lab, in: directory, plugins: [Node.reference])
                // Ours of the same name would be found first.
                try File.link(
                    "\(node.searchPath[0])/their-bridge", to: "\(Node.reference)/bridge")
                try body(lab, Runtime(node: node, list: NetworkList(parsing: list)))
            }
        }
    }

    /// Debian's bridge, which runs our IPAM as a program, and our plugins after it.
    private static let mixed = """
        {"type":"their-bridge","bridge":"cni0","isDefaultGateway":true,"hairpinMode":true,
         "ipam":{"type":"weft-ipam","ranges":[[{"subnet":"10.5.0.0/24"}]]}},
        {"type":"weft-portmap","capabilities":{"portMappings":true}},
        {"type":"weft-bandwidth","capabilities":{"bandwidth":true}}
        """

    @Test("C32, C35: another suite's bridge gives our addresses; our ports and limits follow it")
    func mixedChain() throws {
        try withRuntime(Self.mixed) { lab, runtime in
            let first = try Pod("first", lab, capabilities: .published)
            try runtime.delete(first, runtime.add(first))
            let before = try runtime.node.residue

            let pod = try Pod("pod", lab, capabilities: .published)
            let other = try Pod("other", lab)
            let (result, otherResult) = (try runtime.add(pod), try runtime.add(other))
            #expect(result.result.interfaces.last?.name.hasPrefix("wifb") == true)
            try runtime.check(pod, result)
            try runtime.check(other, otherResult)
            let server = try pod.host.serve(.tcp, .pod)
            let direct = AddressAndPort(try #require(result.addresses.first), .pod)
            #expect(try other.host.ask(.tcp, direct).client.address == otherResult.addresses.first)
            let published = AddressAndPort(try IPAddress(validating: "10.5.0.1"), .published)
            for host in [other.host, pod.host] {
                #expect(try host.ask(.tcp, published).server == "pod")
            }
            withExtendedLifetime(server) {}

            try runtime.delete(pod, result)
            try runtime.delete(pod.withoutNamespace)
            try runtime.delete(other, otherResult)
            try runtime.node.expectUnchanged(since: before)
        }
    }

    @Test("C32: the main plugin takes its addresses from another suite's plugin")
    func foreignAddresses() throws {
        let plugin = """
            {"type":"weft-cni","gateway":"shared","ipam":{"type":"static","addresses":[
              {"address":"10.6.0.5/24","gateway":"10.6.0.1"},
              {"address":"fd00:6::5/64","gateway":"fd00:6::1"}]}}
            """
        try withRuntime(plugin) { lab, runtime in
            // What a node has in any case, and pods see as its address.
            try runtime.node.host.ip("addr add 192.0.2.1/32 dev lo")
            let before = try runtime.node.residue
            let pod = try Pod("pod", lab)
            let result = try runtime.add(pod)
            let wanted = try ["10.6.0.5", "fd00:6::5"].map { try IPAddress(validating: $0) }
            #expect(result.addresses == wanted)
            try runtime.check(pod, result)
            let server = try pod.host.serve(.tcp, .pod)
            for address in wanted {
                let target = AddressAndPort(address, .pod)
                #expect(try runtime.node.host.ask(.tcp, target).server == "pod")
            }
            withExtendedLifetime(server) {}
            for _ in 1...2 { try runtime.delete(pod, result) }
            try runtime.node.expectUnchanged(since: before)
        }
    }

    @Test("C24: an address plugin that is missing is named, and nothing is left")
    func missingPlugin() throws {
        try withRuntime(#"{"type":"weft-cni","ipam":{"type":"nobody"}}"#) { lab, runtime in
            let before = try runtime.node.residue
            let error = #expect(throws: PluginFailure.self) { try runtime.add(Pod("pod", lab)) }
            #expect(error?.code == 106)
            #expect(error?.words.contains("the plugin nobody is not installed") == true)
            try runtime.node.expectUnchanged(since: before)
        }
    }
}
