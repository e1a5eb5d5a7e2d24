import Network
import Platform
import Synchronization
import TestSupport

@testable import Agent
@testable import CNI

extension PlantedFault {
    static let files = [
        PlantedFault("no configuration", "cni", "start weft agent") { lab in
            try File.remove("\(lab.configurations)/10-weft.conflist")
        },
        PlantedFault("another's configuration alone", "cni", "which writes it when") { lab in
            try File.remove("\(lab.configurations)/10-weft.conflist")
            try lab.put(#"{"name":"a","type":"weft-cni"}"#, "\(lab.configurations)/99-a.conf")
        },
        PlantedFault("a configuration that comes first", "cni", "give cni.file a name") { lab in
            try lab.put(#"{"name":"a","type":"weft-cni"}"#, "\(lab.configurations)/00-a.conf")
        },
        PlantedFault("a configuration that is no JSON", "cni", "mend it, or move it away") { lab in
            try lab.put("{", "\(lab.configurations)/00-a.conf")
        },
        PlantedFault("a configuration that masquerades", "cni", "remove ipMasq") { lab in
            let path = "\(lab.configurations)/10-weft.conflist"
            let text = String(decoding: try File.read(path), as: UTF8.self)
            try lab.put(text.replacing(#""ipam":"#, with: #""ipMasq":true,"ipam":"#), path)
        },
        PlantedFault("a plugin that is missing", "plugins", "install it") { lab in
            try File.remove("\(lab.plugins)/weft-ipam")
        },
        PlantedFault("a plugin without permission", "plugins", "chmod 755") { lab in
            try lab.put("", "\(lab.plugins)/weft-cni", mode: 0o644)
        },
        PlantedFault("no range file", "ranges", "weft status says what it waits for") { lab in
            try File.remove(lab.settings.configuration.cni.rangeFile)
        },
        PlantedFault("another's range file", "ranges", "another path") { lab in
            try lab.put("FLANNEL_MTU=1450\n", lab.settings.configuration.cni.rangeFile)
        },
    ]

    static let pods = [
        PlantedFault("a pod whose link is gone", "leases", "weft ipam reclaim") { lab in
            try lab.node.ip("link delete \(lab.pod.link)")
            try lab.pod.age(by: .seconds(3600))
        },
        PlantedFault("a lease that nobody recorded", "leases", "weft ipam check") { lab in
            let folder = LeaseFolder(lab.settings.dataDirectory, network: "weft")
            try lab.put("c9\r\neth0", "\(folder.leases)/10.244.1.77")
        },
        PlantedFault("a link without lease", "links", "restart its pod") { lab in
            try SamplePod("c2", dataDirectory: lab.settings.dataDirectory)
                .addLink(on: lab.node, mtu: 1400)
        },
    ]

    static let services = [
        PlantedFault("no agent", "agent", "systemctl start weft-agent") { $0.stopAgent() },
        PlantedFault("an agent that cannot write rules", "agent", "weft status") { lab in
            lab.state.failed(.masquerade, "no permission")
        },
        PlantedFault("no kubeconfig", "server", "names a readable file") { lab in
            try File.remove("\(lab.directory)/kubeconfig")
        },
        PlantedFault("a kubeconfig that is none", "server", "names a readable file") { lab in
            try lab.put("apiVersion: [", "\(lab.directory)/kubeconfig")
        },
        PlantedFault("a server that is not there", "server", "the server's address") { lab in
            try lab.putKubeconfig(server: "http://127.0.0.1:1")
        },
        PlantedFault("an account that may not read", "server", "weft rbac | kubectl apply") { lab in
            lab.answers.refused.withLock { $0["/nodes"] = 403 }
        },
        PlantedFault("a token that has ended", "server", "renew the credentials") { lab in
            lab.answers.refused.withLock { $0["/services"] = 401 }
        },
        PlantedFault("another DNS server", "dns", "stop it") { lab in
            lab.settings.configuration.dns.isEnabled = true
            lab.kept.append(try lab.node.serve(.udp, 53))
        },
    ]
}

extension SamplePod {
    /// Makes the lease look as if it were older: only then is its link missed.
    func age(by duration: Duration) throws {
        let folder = LeaseFolder(dataDirectory, network: attachment.network)
        let owner = LeaseOwner(attachment)
        guard let text = try folder.recordText(owner),
            var record = try LeaseRecord(parsing: text, at: "")
        else { throw LabError("no record of \(attachment)") }
        record.given = record.given + (.zero - duration)
        try File.replace(folder.record(owner), with: Array(record.text.utf8).span)
    }
}
