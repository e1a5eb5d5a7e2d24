import Kubernetes
import Network
import Platform
import Proxy
import Testing
import YAML

@testable import Agent

@Suite struct `The files that install an agent` {
    private func expectDefaults(
        _ text: String, kubeconfig: String = "", _ location: SourceLocation = #_sourceLocation
    ) throws {
        let loaded = try AgentConfiguration.read(text.utf8.span, name: "agent.yaml")
        #expect(loaded.notes == [], sourceLocation: location)
        var expected = AgentConfiguration()
        expected.kubeconfig = kubeconfig
        expected.proxy.configuration = try proxy
        #expect(loaded.configuration == expected, sourceLocation: location)
    }

    /// That of a proxy by itself, but for the file that the agent has for both.
    private var proxy: ProxyConfiguration {
        get throws {
            let text = try ShippedFiles.text("cni-conf/weft-proxy.conf")
            var configuration = try ProxyConfiguration.read(text.utf8.span, name: "").configuration
            configuration.client.kubeconfig = ""
            return configuration
        }
    }

    @Test func `the configuration loads without a word, and is the default`() throws {
        try expectDefaults(ShippedFiles.text("cni-conf/agent.yaml"))
    }

    @Test func `the configuration has every field but a proxy's`() throws {
        let root = try #require(ShippedFiles.documents("cni-conf/agent.yaml").first)
        for field in AgentField.all where field.key != "proxy.configuration" {
            let words = field.key.split(separator: ".").map(String.init)
            let node = words.reduce(Optional(root)) { $0?[$1] }
            #expect(node != nil, "\(field.key) is missing")
        }
    }

    @Test func `the ConfigMap's configuration is the same, beside its kubeconfig`() throws {
        let data = try #require(try ShippedFiles.object("ConfigMap")["data"])
        try expectDefaults(
            #require(data["agent.yaml"]?.string), kubeconfig: "/etc/weft/kubeconfig.conf")
        #expect(data["kubeconfig.conf"]?.string?.contains("tokenFile:") == true)
    }

    @Test func `the service account may do what the agent and its parts do, and no more`() throws {
        let manifest = AccessManifest(
            serviceAccount: "weft-agent", consumers: [.agent, .proxy, .dns])
        let text = try ShippedFiles.text("cni-conf/kubernetes/weft-agent.yaml")
        #expect(text.hasPrefix(manifest.text + "---\n"))
        #expect(Consumer.agent.kinds.isSuperset(of: NodeAgent.kinds))
    }

    @Test func `the DaemonSet runs on every node before there is a network`() throws {
        let pod = try ShippedFiles.pod
        #expect(pod["serviceAccountName"]?.string == "weft-agent")
        #expect(pod["hostNetwork"]?.bool == true && pod["dnsPolicy"]?.string == "Default")
        #expect(pod["priorityClassName"]?.string == "system-node-critical")
        #expect(pod["tolerations"]?.elements.map { $0["operator"]?.string } == ["Exists"])
        let agent = try #require(pod["containers"]).named("weft-agent")
        #expect(
            agent["command"]?.strings == [
                "weft", "agent", "--config=/etc/weft/agent.yaml", "--node-name=$(NODE_NAME)",
            ])
    }

    @Test func `kubelets ask where the agent answers`() throws {
        let agent = try #require(try ShippedFiles.pod["containers"]).named("weft-agent")
        let health = try #require(AgentConfiguration().status.health)
        for (probe, path) in [("livenessProbe", "/livez"), ("readinessProbe", "/readyz")] {
            let request = try #require(agent[probe]?["httpGet"])
            #expect(request["path"]?.string == path)
            #expect(request["port"]?.integer == Int64(health.port.rawValue))
        }
    }

    @Test func `what plugins and people read on the node is the node's`() throws {
        let pod = try ShippedFiles.pod
        let configuration = AgentConfiguration()
        let places = [
            ("networks", configuration.cni.directory),
            ("run", String(configuration.cni.rangeFile.dropLast("/ranges.json".count))),
        ]
        let agent = try #require(pod["containers"]).named("weft-agent")
        for (volume, path) in places {
            let host = try #require(pod["volumes"]).named(volume)["hostPath"]
            #expect(host?["path"]?.string == path)
            let mount = try #require(agent["volumeMounts"]).named(volume)
            #expect(mount["mountPath"]?.string == path)
        }
    }

    @Test(arguments: [
        ("weft-agent", "weft agent --config /etc/weft/agent.yaml"),
        ("weft-proxy", "weft proxy --config /etc/weft/proxy.conf"),
        ("weft-dns", "weft dns --conf /etc/weft/Corefile"),
    ])
    func `a unit waits until all is done, and may do what it needs`(
        name: String, command: String
    ) throws {
        let unit = try ShippedFiles.text("cni-conf/\(name).service")
        #expect(unit.contains("ExecStart=/usr/local/bin/\(command)"))
        for line in [
            "Type=notify", "Restart=always", "TimeoutStartSec=infinity", "NoNewPrivileges=yes",
            "ProtectSystem=strict", "MemoryDenyWriteExecute=yes",
        ] {
            #expect(unit.contains("\n\(line)\n"), "\(line)")
        }
    }
}
