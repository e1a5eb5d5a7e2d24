import Network
import Platform
package import Topology

/// The real kube-proxy on a node of a lab, with a server of its own that tells it of services.
package final class ServedKubeProxy: Sendable {
    private let proxy: KubeProxy
    private let server: APIServer
    /// From the start of its process until the kernel had all services.
    package let duration: Duration

    /// Starts it, and waits until all services are in the kernel.
    package init(
        _ path: String, _ settings: KubeProxy.Settings, _ objects: APIObjects, on host: Host
    ) throws(BenchError) {
        let server = try APIServer.listening(in: host.namespace, objects)
        let proxy = try KubeProxy(path, settings, server, in: host.namespace)
        duration = try BenchError.of(.program, "program all services") {
            try proxy.waitUntilSynced(within: Self.patience)
        }
        self.proxy = proxy
        self.server = server
    }

    /// Ten thousand services in iptables' rules take minutes on a machine that does other things.
    private static let patience = Duration.seconds(600)
}

extension ServedKubeProxy {
    /// Waits until it would write a change at once.
    package func rest() throws {
        try proxy.waitUntilSynced(within: Self.patience)
        sleep(for: Self.pause)
    }

    /// A second passes from the end of what it wrote to the next, unless it is told otherwise.
    private static let pause = Duration.milliseconds(1100)
}

extension KubeProxy.Settings {
    /// As a cluster of kubeadm has it on a node of a lab.
    package init(_ mode: KubeProxy.Mode, _ services: ServiceSet, node: Int) {
        self.init()
        self.mode = mode
        nodeName = ServiceSet.node(node)
        families = services.families
        podNetworks = services.families.compactMap { LabNetwork.allPods($0)?.description }
    }
}
