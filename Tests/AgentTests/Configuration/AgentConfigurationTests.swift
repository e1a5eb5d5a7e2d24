import Network
import Proxy
import Testing

@testable import Agent
@testable import Support

@Suite("The agent's configuration")
struct AgentConfigurationTests {
    private func read(_ body: String) throws(ConfigurationError) -> AgentConfiguration {
        let text = "apiVersion: weft.dev/v1\nkind: AgentConfiguration\n\(body)"
        return try AgentConfiguration.read(text.utf8.span, name: "agent.yaml").configuration
    }

    @Test func `an empty one is the default`() throws {
        #expect(try read("") == AgentConfiguration())
        #expect(try read("routes:\ncni: {}\nnodeName: ''\n") == AgentConfiguration())
    }

    @Test func `what is written is read again`() throws {
        var configuration = AgentConfiguration()
        configuration.nodeName = "n1"
        configuration.routes.mode = .vxlan
        configuration.routes.mtu = 9000
        configuration.masquerade.exclude = ["10.0.0.0/8", "fd00::/8"].compactMap { CIDR($0) }
        configuration.cni.isEnabled = false
        configuration.proxy.configuration.masquerade.all = true
        configuration.dns.serviceAddresses = ["10.96.0.10", "fd00::a"].compactMap { IPAddress($0) }
        configuration.status.health = nil
        let text = configuration.yaml
        let loaded = try AgentConfiguration.read(text.utf8.span, name: "agent.yaml")
        #expect(loaded.configuration == configuration, "\(text)")
        #expect(loaded.notes == [])
    }

    @Test func `each field is read from where it is documented`() throws {
        let configuration = try read(
            """
            nodeName: node-a
            kubeconfig: /etc/weft/kubeconfig
            routes: {enabled: false, mode: direct, vxlanID: 5, vxlanPort: 8472, mtu: 1400}
            masquerade:
              enabled: false
              exclude: [192.0.2.0/24]
            cni: {directory: /a, file: 05-weft.conflist, rangeFile: /b}
            proxy:
              enabled: false
              configuration: {clusterCIDR: 10.244.0.0/16, nftables: {masqueradeAll: true}}
            dns: {enabled: true, corefile: /c, localAddresses: [169.254.20.10]}
            status: {socket: /d, health: "127.0.0.1:1", metrics: none}
            log: {level: debug, format: json}
            """)
        #expect(configuration.nodeName == "node-a")
        #expect(configuration.kubeconfig == "/etc/weft/kubeconfig")
        #expect(
            configuration.routes
                == .init(isEnabled: false, mode: .direct, vxlanID: 5, vxlanPort: 8472, mtu: 1400))
        #expect(configuration.masquerade.exclude.map(\.description) == ["192.0.2.0/24"])
        #expect(!configuration.masquerade.isEnabled)
        #expect(configuration.cni.file == "05-weft.conflist")
        #expect(!configuration.proxy.isEnabled)
        #expect(configuration.proxy.configuration.masquerade.all)
        #expect(configuration.proxy.configuration.detection.clusterCIDR.count == 1)
        #expect(configuration.dns.localAddresses.map(\.description) == ["169.254.20.10"])
        #expect(configuration.status.health?.description == "127.0.0.1:1")
        #expect(configuration.status.metrics == nil)
        #expect(configuration.log == .init(level: .debug, format: .json))
    }

    @Test(arguments: [
        ("rotes: {}", "agent.yaml:3: rotes: is no field of the agent's; write one of nodeName"),
        ("routes: {mod: vxlan}", "routes.mod: is no field of the agent's; write one of routes.e"),
        ("routes: {mode: bgp}", "routes.mode: 'bgp' is no choice; write one of auto, direct"),
        ("routes: {vxlanPort: 0}", "routes.vxlanPort: must be from 1 to 65535"),
        ("routes: {mtu: 500}", "routes.mtu: must be 0 or from 1280 to 65535"),
        ("routes: vxlan", "routes: must be a mapping"),
        ("masquerade: {exclude: 10.0.0.0/8}", "masquerade.exclude: must be a list"),
        ("masquerade: {exclude: [ten]}", "masquerade.exclude[0]: is not usable"),
        ("cni: {file: a/b.conflist}", "cni.file: must be a file's name"),
        ("cni: {rangeFile: ranges.json}", "cni.rangeFile: must be a path that begins with /"),
        ("proxy: {configuration: {mode: foo}}", "agent.yaml:3: mode: 'foo' is no choice"),
        ("status: {health: nowhere}", "status.health: is not usable"),
    ])
    func `a mistake is told with its place and what would be right`(
        body: String, expected: String
    ) {
        let error = #expect(throws: ConfigurationError.self) { try read(body) }
        let text = error?.description ?? ""
        #expect(text.contains(expected), "\(text)")
    }

    @Test func `another kind of document is no configuration`() {
        let error = #expect(throws: ConfigurationError.self) {
            try AgentConfiguration.read("kind: Pod\napiVersion: v1\n".utf8.span, name: "a")
        }
        #expect(error?.remedy.contains("kind: AgentConfiguration") == true)
    }

    @Test func `flags count more than the file`() throws {
        let words = [
            "--node-name", "b", "--no-proxy", "--no-cni", "--dns", "--log-level", "error",
        ]
        let arguments = try Arguments(words, options: AgentArguments.options)
        let configuration = try AgentArguments(arguments).load().configuration
        #expect(configuration.nodeName == "b")
        #expect(!configuration.proxy.isEnabled)
        #expect(!configuration.cni.isEnabled)
        #expect(configuration.dns.isEnabled)
        #expect(configuration.routes.isEnabled)
        #expect(configuration.log.level == .error)
    }
}
