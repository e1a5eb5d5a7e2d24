import Kubernetes
package import Network
package import Platform

/// The real kube-proxy at work on a node of a laboratory, with objects from one of our servers.
///
/// It ends with its last reference, and leaves its rules in the namespace, as it does on nodes.
package final class KubeProxy: Sendable {
    package let mode: Mode
    package let daemon: Daemon
    /// When it was started.
    private let began: WallTime
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
        /// The command of a program that takes kube-proxy's options, and is not kube-proxy.
        package var command: String?

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
        began = .now
        daemon = try Daemon(settings.command ?? settings.mode.program, program, in: namespace)
    }

    private static func arguments(_ settings: Settings, _ server: APIServer) -> [String] {
        var arguments = settings.command.map { [$0] } ?? []
        arguments += [
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
    /// Waits until all it was told of is in the kernel, and says how long that took from its start.
    ///
    /// Its metrics are read every 100 ms, which would be too coarse an end: so the end is the moment
    /// of the synchronization that they hold themselves.
    @discardableResult
    package func waitUntilSynced(within patience: Duration = .seconds(120)) throws -> Duration {
        var end: Double?
        try daemon.wait(for: "synchronization", within: patience, every: .milliseconds(100)) {
            end = Self.lastSync(in: namespace, families)
            return end != nil
        }
        let took = (end ?? 0) - Double(began.nanoseconds) / 1e9
        return .nanoseconds(Int64(max(0, took) * 1e9))
    }

    /// Whether it has nothing to do, as far as it knows.
    ///
    /// It does not know of a change that came while it wrote an earlier one: see `RuleWatch`.
    package var isSynced: Bool { Self.isSynced(in: namespace, families) }

    /// Whether the one that runs in a namespace has done what it was told last.
    static func isSynced(
        in namespace: borrowing NetworkNamespace, _ families: [IPFamily]
    ) -> Bool { lastSync(in: namespace, families) != nil }

    /// When it did that, in seconds since 1970; nil as long as it has not.
    private static func lastSync(
        in namespace: borrowing NetworkNamespace, _ families: [IPFamily]
    ) -> Double? {
        guard let metrics = StatusProbe(metricsPort).get("/metrics", in: namespace) else {
            return nil
        }
        let synced = times("last_timestamp_seconds", metrics)
        let queued = times("last_queued_timestamp_seconds", metrics)
        var last = 0.0
        for family in families {
            guard let synced = synced[family], synced > 0, synced >= queued[family] ?? 0 else {
                return nil
            }
            last = max(last, synced)
        }
        return last
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
