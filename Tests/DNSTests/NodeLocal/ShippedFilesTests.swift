import Kubernetes
import Network
import Platform
import Testing
import YAML

@testable import DNS

/// What people put on their nodes and into their clusters: `cni-conf/`.
@Suite struct `The files that install a DNS server` {
    private func file(_ name: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return String(decoding: try File.read("/\(root)/cni-conf/\(name)"), as: UTF8.self)
    }

    private func object(_ kind: String, in name: String) throws -> YAMLNode {
        let stream = try YAMLStream(file("kubernetes/\(name).yaml").utf8.span)
        let documents = try stream.documents.map { try $0.get().root }
        return try #require(documents.first { $0["kind"]?.string == kind })
    }

    @Test(arguments: ["weft-dns", "weft-node-dns"])
    func `D55 X21 the service account may do what the server does, and no more`(name: String) throws
    {
        let manifest = AccessManifest(serviceAccount: name, consumers: [.dns])
        #expect(try file("kubernetes/\(name).yaml").hasPrefix(manifest.text + "---\n"))
    }

    @Test func `the Corefile is the one that counts without a file`() throws {
        #expect(
            try corefile(file("Corefile")).servers.map(\.kubernetes)
                == corefile(Corefile.kubeadm).servers.map(\.kubernetes))
    }

    @Test func `the node's Corefile names the addresses that its probe and its pods ask`() throws {
        let map = try object("ConfigMap", in: "weft-node-dns")
        let text = try #require(map["data"]?["Corefile"]?.string)
        let plan = NodeLocalPlan(try NodeLocalSettings().bind(corefile(text)))
        #expect(plan.addresses.count == 2)
        #expect(plan.addresses.contains(NodeLocalSettings.standardAddress))
        let pod = try object("DaemonSet", in: "weft-node-dns")["spec"]?["template"]?["spec"]
        let probe = pod?["containers"]?.elements.first?["livenessProbe"]?["httpGet"]
        #expect(probe?["host"]?.string == "\(NodeLocalSettings.standardAddress)")
        #expect(pod?["hostNetwork"]?.bool == true && pod?["dnsPolicy"]?.string == "Default")
    }

    @Test func `clients find the service where CoreDNS had it`() throws {
        let service = try object("Service", in: "weft-dns")
        #expect(service["metadata"]?["name"]?.string == "kube-dns")
        let labels = try object("Deployment", in: "weft-dns")["spec"]?["template"]?["metadata"]
        #expect(labels?["labels"]?["k8s-app"]?.string == "kube-dns")
        #expect(service["spec"]?["selector"]?["k8s-app"]?.string == "kube-dns")
    }

    @Test(arguments: [
        ("Deployment", "weft-dns", ["NET_BIND_SERVICE"]),
        ("DaemonSet", "weft-node-dns", ["NET_ADMIN", "NET_BIND_SERVICE"]),
    ])
    func `X21 a container has no right but those it needs`(
        kind: String, name: String, rights: [String]
    ) throws {
        let pod = try object(kind, in: name)["spec"]?["template"]?["spec"]
        let context = pod?["containers"]?.elements.first?["securityContext"]
        #expect(context?["allowPrivilegeEscalation"]?.bool == false)
        #expect(context?["readOnlyRootFilesystem"]?.bool == true)
        let capabilities = context?["capabilities"]
        #expect(capabilities?["drop"]?.elements.compactMap(\.string) == ["ALL"])
        #expect(capabilities?["add"]?.elements.compactMap(\.string) == rights)
        let unit = try file("weft-dns.service")
        #expect(unit.contains("NoNewPrivileges=yes\n") && unit.contains("ProtectSystem=strict\n"))
    }

    @Test func `the unit cleans up however the server ended`() throws {
        let unit = try file("weft-dns.service")
        #expect(unit.contains("ExecStopPost=/usr/local/bin/weft dns --node-local --cleanup\n"))
        #expect(unit.contains("Restart=always\n"))
    }
}
