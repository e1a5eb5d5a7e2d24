import Kubernetes
import Platform
import Testing
import YAML

@testable import Proxy

/// What people put on their nodes and into their clusters: `cni-conf/`.
@Suite struct `The files that install a proxy` {
    private func file(_ name: String) throws -> [UInt8] {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try File.read("/\(root)/cni-conf/\(name)")
    }

    private var documents: [YAMLNode] {
        get throws {
            let text = try file("kubernetes/weft-proxy.yaml")
            return try YAMLStream(text.span).documents.map { try $0.get().root }
        }
    }

    private func expectDefaults(
        _ text: [UInt8], kubeconfig: String, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let loaded = try ProxyConfiguration.read(text.span, name: "config")
        #expect(loaded.notes == [], sourceLocation: location)
        var expected = ProxyConfiguration()
        expected.client.kubeconfig = kubeconfig
        expected.detection.mode = .nodeCIDR
        #expect(loaded.configuration == expected, sourceLocation: location)
    }

    @Test func `the configuration loads without a word, and is the default otherwise`() throws {
        try expectDefaults(file("weft-proxy.conf"), kubeconfig: "/etc/weft/proxy.kubeconfig")
    }

    @Test func `the ConfigMap's configuration is the same, beside its kubeconfig`() throws {
        let map = try #require(try documents.first { $0["kind"]?.string == "ConfigMap" })
        let text = try #require(map["data"]?["config.conf"]?.string)
        try expectDefaults(
            [UInt8](text.utf8), kubeconfig: "/var/lib/weft-proxy/kubeconfig.conf")
        #expect(map["data"]?["kubeconfig.conf"]?.string?.contains("tokenFile:") == true)
    }

    @Test func `the service account may do what the proxy does, and no more`() throws {
        let text = String(decoding: try file("kubernetes/weft-proxy.yaml"), as: UTF8.self)
        let manifest = AccessManifest(serviceAccount: "weft-proxy", consumers: [.proxy])
        #expect(text.hasPrefix(manifest.text + "---\n"))
        #expect(ServiceProxy.kinds == Consumer.proxy.kinds)
    }

    @Test func `the DaemonSet gives it the configuration and its node's name`() throws {
        let set = try #require(try documents.first { $0["kind"]?.string == "DaemonSet" })
        let pod = try #require(set["spec"]?["template"]?["spec"])
        #expect(pod["serviceAccountName"]?.string == "weft-proxy")
        #expect(pod["hostNetwork"]?.bool == true)
        let command = pod["containers"]?.elements.first?["command"]?.elements.compactMap(\.string)
        #expect(
            command == [
                "weft", "proxy", "--config=/var/lib/weft-proxy/config.conf",
                "--hostname-override=$(NODE_NAME)",
            ])
    }

    @Test func `the unit waits for the proxy to be ready, and starts it again`() throws {
        let text = String(decoding: try file("weft-proxy.service"), as: UTF8.self)
        for line in ["Type=notify", "Restart=always", "TimeoutStartSec=infinity"] {
            #expect(text.contains("\(line)\n"))
        }
    }
}
