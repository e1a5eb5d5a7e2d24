import Network
import Platform

/// A program that keeps up with a cluster: how it is started, and when it has begun to.
struct MeasuredProgram: Sendable {
    /// What it does, so that those who do the same are compared: `proxy`, `dns`, `agent`.
    let workload: String
    /// Whose it is: `weft`, `coredns`.
    let name: String
    /// How often it is asked whether it is ready.
    var interval = Duration.milliseconds(5)
    let start: @Sendable (MeasuredNode) throws -> Daemon
    let isReady: @Sendable (MeasuredNode) -> Bool
}

extension MeasuredProgram {
    /// Everything that is measured: Weft's own, and peers of which there is a program.
    static func all(weft: String, _ peers: PeerPaths) -> [MeasuredProgram] {
        var all = [weftProxy(weft)]
        if let path = peers["kube-proxy"] {
            all += KubeProxy.Mode.allCases.map { kubeProxy(path, $0) }
        }
        all.append(names("weft", weft, ["dns", "--quiet", "--conf"]))
        if let path = peers["coredns"] { all.append(names("coredns", path, ["-quiet", "-conf"])) }
        return all + [weftAgent(weft)]
    }

    private static func weftProxy(_ path: String) -> MeasuredProgram {
        MeasuredProgram(workload: "proxy", name: "weft") { node in
            let program = Program(
                path,
                [
                    "proxy", "--master", node.server.url, "--hostname-override",
                    MeasuredNode.name,
                ], environment: Daemon.environment)
            return try Daemon("weft proxy", program, in: node.namespace)
        } isReady: { node in
            StatusProbe(10249).get("/readyz", in: node.namespace) != nil
        }
    }

    private static func kubeProxy(_ path: String, _ mode: KubeProxy.Mode) -> MeasuredProgram {
        // Each question costs it more than an answer about its health would, and a line of its log.
        MeasuredProgram(
            workload: "proxy", name: mode.program, interval: .milliseconds(100)
        ) { node in
            var settings = KubeProxy.Settings()
            settings.mode = mode
            settings.nodeName = MeasuredNode.name
            let proxy = try KubeProxy(path, settings, node.server, in: node.namespace)
            return proxy.daemon
        } isReady: { node in
            KubeProxy.isSynced(in: node.namespace, IPFamily.allCases)
        }
    }

    /// Names of services, at a port that is nobody else's in the namespace.
    private static func names(
        _ name: String, _ path: String, _ words: [String]
    ) -> MeasuredProgram {
        MeasuredProgram(workload: "dns", name: name) { node in
            let file = try node.scratch.write("Corefile", corefile(node.server.url))
            let program = Program(path, words + [file], environment: Daemon.environment)
            return try Daemon("\(name) for names", program, in: node.namespace)
        } isReady: { node in
            StatusProbe(8181).get("/ready", in: node.namespace) != nil
        }
    }

    /// As kubeadm has it, with nobody to forward to.
    private static func corefile(_ server: String) -> String {
        """
        .:5353 {
            bind 127.0.0.1
            errors
            ready 127.0.0.1:8181
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                endpoint \(server)
                pods insecure
                ttl 30
            }
            prometheus 127.0.0.1:9153
            cache 30
            loadbalance
        }

        """
    }

    /// Every part in one process.
    private static func weftAgent(_ path: String) -> MeasuredProgram {
        MeasuredProgram(workload: "agent", name: "weft") { node in
            let file = try node.scratch.write("agent.yaml", try agentConfiguration(node))
            let program = Program(
                path, ["agent", "--config", file], environment: Daemon.environment)
            return try Daemon("weft agent", program, in: node.namespace)
        } isReady: { node in
            StatusProbe(10256).get("/readyz", in: node.namespace) != nil
        }
    }

    private static func agentConfiguration(_ node: MeasuredNode) throws -> String {
        let place = node.scratch.path
        let names = try node.scratch.write(
            "names", ".:5353 {\n    bind 127.0.0.1\n    kubernetes cluster.local\n}\n")
        let config = try node.scratch.write("kubeconfig", node.server.kubeconfig)
        return """
            apiVersion: weft.dev/v1
            kind: AgentConfiguration
            nodeName: \(MeasuredNode.name)
            kubeconfig: \(config)
            routes: {mode: vxlan}
            cni: {directory: \(place)/cni, rangeFile: \(place)/ranges.json}
            dns: {enabled: true, corefile: \(names)}
            status: {socket: \(place)/agent.sock}

            """
    }
}
