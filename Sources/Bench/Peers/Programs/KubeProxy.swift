import Kubernetes
package import Network
package import Platform

/// The real kube-proxy at work on a node of a laboratory, with objects from one of our servers.
///
/// It ends with its last reference, and leaves its rules in the namespace, as it does on nodes.
package final class KubeProxy: Sendable {
    package let mode: Mode
    package let daemon: Daemon
    private let namespace: NetworkNamespace
    private let families: [IPFamily]

    package enum Mode: String, Hashable, Sendable, CaseIterable {
        case nftables, iptables

        /// What results call it.
        package var program: String { "kube-proxy:\(rawValue)" }
    }

    /// What one is started with.
    package struct Settings: Sendable {
        package var mode = Mode.nftables
        /// The name of the node's object.
        package var nodeName = "node-0"
        /// Networks of the cluster's pods: what comes from elsewhere is masqueraded.
        package var podNetworks: [String] = []
        /// Families of which there are services.
        package var families = IPFamily.allCases

        package init() {}
    }

    /// Starts it; all that it needs of the server's objects are services, slices and its node.
    package init(
        _ path: String, _ settings: Settings, _ server: APIServer,
        in namespace: borrowing NetworkNamespace
    ) throws(BenchError) {
        mode = settings.mode
        families = settings.families
        self.namespace = try BenchError.of(.network, "enter the namespace of kube-proxy") {
            try NetworkNamespace(path: namespace.path)
        }
        let program = Program(
            path, Self.arguments(settings, server), environment: Daemon.environment)
        daemon = try Daemon(settings.mode.program, program, in: namespace)
    }

    private static func arguments(_ settings: Settings, _ server: APIServer) -> [String] {
        var arguments = [
            "--master=\(server.url)", "--proxy-mode=\(settings.mode.rawValue)",
            "--hostname-override=\(settings.nodeName)",
            "--metrics-bind-address=127.0.0.1:\(metricsPort)",
            "--healthz-bind-address=127.0.0.1:10256", "--oom-score-adj=0",
            // These are the machine's, not a namespace's.
            "--conntrack-max-per-core=0", "--conntrack-tcp-timeout-established=0",
            "--conntrack-tcp-timeout-close-wait=0",
        ]
        if !settings.podNetworks.isEmpty {
            arguments.append("--cluster-cidr=\(settings.podNetworks.joined(separator: ","))")
        }
        return arguments
    }

    private static let metricsPort: Port = 10249
}

extension KubeProxy {
    /// Waits until all it was told of is in the kernel, and says how long that took.
    @discardableResult
    package func waitUntilSynced(within patience: Duration = .seconds(120)) throws -> Duration {
        let begin = MonotonicTime.now
        try daemon.wait(for: "synchronization", within: patience, every: .milliseconds(100)) {
            isSynced
        }
        return .now - begin
    }

    /// Waits until a change of a family's services, made after a moment, is in the kernel.
    ///
    /// A change that makes no difference to the node is waited for in vain.
    package func waitUntilSynced(
        after moment: WallTime, _ family: IPFamily, within patience: Duration = .seconds(120)
    ) throws {
        let seconds = Double(moment.nanoseconds) / 1e9
        try daemon.wait(for: "synchronization", within: patience) {
            Self.isSynced(in: namespace, [family], queuedAfter: seconds)
        }
    }

    /// Whether it has nothing to do, as far as it knows.
    package var isSynced: Bool { Self.isSynced(in: namespace, families) }

    /// Whether the one that runs in a namespace has done what it was told last, and when that was.
    static func isSynced(
        in namespace: borrowing NetworkNamespace, _ families: [IPFamily],
        queuedAfter moment: Double = 0
    ) -> Bool {
        guard let metrics = StatusProbe(metricsPort).get("/metrics", in: namespace) else {
            return false
        }
        let synced = times("last_timestamp_seconds", metrics)
        let queued = times("last_queued_timestamp_seconds", metrics)
        return families.allSatisfy { family in
            guard let synced = synced[family], synced > 0 else { return false }
            let queued = queued[family] ?? 0
            return synced >= queued && queued >= moment
        }
    }

    /// When something happened last, of each family.
    private static func times(_ name: String, _ metrics: String) -> [IPFamily: Double] {
        let values = StatusProbe.values(of: "kubeproxy_sync_proxy_rules_\(name)", in: metrics)
        var times: [IPFamily: Double] = [:]
        for family in IPFamily.allCases {
            let label = "ip_family=\"\(family.fieldText)\""
            times[family] = values.first { $0.key.isEmpty || $0.key.contains(label) }?.value
        }
        return times
    }
}
