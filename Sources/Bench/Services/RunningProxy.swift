package import Kubernetes
import NFTables
import Network
import Platform
package import Proxy
import Synchronization
package import Topology

/// Weft's own proxy at work on a host, on a thread of its own; what it has programmed stays.
package final class RunningProxy: Sendable {
    private let log = ProxyLog()
    private let isStopped = Flag()
    private let thread: Thread

    /// Starts it, and waits until all services are in the kernel.
    ///
    /// With a placement it has the client's processor, and cleans up connections on the servers': the
    /// kernel's walk through all of them takes 10 ms, and holds up what waits for the same processor.
    package init(
        _ settings: ProxySettings, of store: ObjectStore, on host: Host,
        _ placement: Placement? = nil
    ) throws(BenchError) {
        let (log, isStopped) = (log, isStopped)
        thread = try BenchError.of(.program, "start a proxy on \(host.name)") {
            let namespace = try NetworkNamespace(path: host.path)
            return try Thread(owning: namespace) { namespace in
                do {
                    try namespace.enter()
                    try Self.work(settings, store, placement, log, until: isStopped)
                    log.end("it has ended")
                } catch {
                    log.end("\(error)")
                }
            }
        }
        try log.wait("program all services") { $0.isReady }
    }

    deinit { stop() }

    private static func work(
        _ settings: ProxySettings, _ store: ObjectStore, _ placement: Placement?,
        _ log: ProxyLog, until isStopped: Flag
    ) throws {
        // Threads that it makes stay there.
        if let placement { try Thread.pin(to: placement.servers) }
        var proxy = try ServiceProxy(settings, of: store, signals: [], cleaned: { _ in }) {
            log.add($0)
        }
        if let placement { try Thread.pin(to: placement.client) }
        log.started(proxy.waker)
        try proxy.run(until: isStopped)
    }
}

extension RunningProxy {
    /// Lets it end.
    package func stop() {
        isStopped.set()
        log.wake()
    }

    /// What the first synchronisation of all families did, and how long it took the proxy.
    package var full: (duration: Duration, commands: Int) { log.full }

    /// Makes a change, and tells how long it takes from then until the kernel has it.
    package func time(_ change: () throws -> Void) throws -> Duration {
        let before = log.applied
        let begin = MonotonicTime.now
        try change()
        try log.wait("program a change") { $0.applied > before }
        return .now - begin
    }
}

extension ServiceSet {
    /// How the proxy is set on a node of the lab, as a cluster of kubeadm sets it.
    package func settings(_ node: Int) -> ProxySettings {
        var settings = ProxySettings(nodeName: Self.node(node))
        settings.families = families
        settings.detection = .clusterCIDR(families.compactMap(LabNetwork.allPods))
        return settings
    }
}
