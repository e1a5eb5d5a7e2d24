import JSON
import Network
import Testing

@testable import Demo

struct NetworkListTests {
    private static let text = """
        {"cniVersion": "1.1.0", "name": "weft", "plugins": [
          {"type": "weft-cni", "ipam": {"type": "weft-ipam", "rangeFile": "/r"}}, {"type": "other"}]}
        """

    @Test func `a plugin gets its part, the list's name and version, and its node's leases`() throws
    {
        let list = try NetworkList(Array(Self.text.utf8))
        #expect(
            list.configuration(of: list.plugins[0], after: nil, leases: "/l", ports: []) == """
                {"name":"weft","cniVersion":"1.1.0","type":"weft-cni",\
                "ipam":{"type":"weft-ipam","rangeFile":"/r","dataDir":"/l"}}
                """)
    }

    @Test func `the next plugin gets the result of the one before`() throws {
        let list = try NetworkList(Array(Self.text.utf8))
        let result = JSONValue.object(["ips": .array([])])
        #expect(
            list.configuration(of: list.plugins[1], after: result, leases: "/l", ports: []) == """
                {"name":"weft","cniVersion":"1.1.0","prevResult":{"ips":[]},"type":"other"}
                """)
    }

    @Test func `only a plugin that says it can is told of host ports`() throws {
        let text = Self.text.replacing(
            "\"rangeFile\": \"/r\"}", with: "\"x\": 1}, \"capabilities\": {\"portMappings\": true}")
        let list = try NetworkList(Array(text.utf8))
        let inputs = list.plugins.map { plugin in
            list.configuration(
                of: plugin, after: nil, leases: "/l", ports: [HostPort(number: 80, target: 8080)])
        }
        let mapping = #"[{"hostPort":80,"containerPort":8080,"protocol":"tcp"}]"#
        #expect(inputs[0].contains(#""runtimeConfig":{"portMappings":\#(mapping)}"#))
        #expect(!inputs[1].contains("runtimeConfig"))
    }

    @Test func `a pod has the addresses of the result, and needs one`() throws {
        let pod = PodPlan.all(nodes: 2)[0]
        let result = try JSONValue(
            document: #"{"ips": [{"address": "10.1.0.2/24"}, {"address": "fd00::2/64"}]}"#.utf8.span
        )
        #expect(
            try PodRuntime.addresses(result, of: pod).map(\.description)
                == ["10.1.0.2/24", "fd00::2/64"])
        #expect(throws: DemoError.self) { try PodRuntime.addresses(.null, of: pod) }
    }
}
