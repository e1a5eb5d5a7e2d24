import Kubernetes
import NFTables
import Network
package import Platform
package import Support
import Synchronization

/// Turns what a proxy tells into its health, its metrics, its log and its health check ports.
package final class ProxyReporter: Sendable {
    package let health: HealthState
    package let metrics: ProxyMetrics
    private let log: Log
    private let manager: ServiceManager
    private let ports: HealthCheckPorts
    private let families: [IPFamily]
    private let start = WallTime.now

    package init(
        _ settings: ProxySettings, patience: Duration, _ log: Log,
        _ manager: ServiceManager = ServiceManager()
    ) throws(PlatformError) {
        let health = HealthState(SyncHealth(settings.families, patience: patience))
        self.health = health
        metrics = ProxyMetrics(settings.families)
        ports = try HealthCheckPorts { health.isHealthy(at: .now) }
        families = settings.families
        self.log = log
        self.manager = manager
    }
}

extension ProxyReporter {
    package func take(_ event: SyncEvent) {
        switch event {
        case .changed: changed()
        case .taken(let family, let services, let slices):
            metrics.update(family) { $0.taken(services: services, slices: slices) }
        case .applied(let family, let applied): self.applied(family, applied)
        case .failed(let family, let error, let services): failed(family, error, services)
        case .refused(let family, let key, let error):
            log(
                .error, "the kernel refuses a service; all others are programmed",
                ["service": "\(key)", "family": "\(family)", "cause": "\(error)"])
        case .leftBehind(let family, let error):
            metrics.update(family) { $0.cleanupFailures += 1 }
            log(
                .warning, "kube-proxy's rules may be left; remove them with kube-proxy --cleanup",
                ["family": "\(family)", "cause": "\(error)"])
        case .repaired(let family, let elements, let duration):
            metrics.update(family) { $0.repairs += 1 }
            log(
                .warning, "somebody else changed our table; it is right again",
                ["family": "\(family)", "elements": "\(elements)", "took": duration.text])
        case .ready(let duration): ready(duration)
        case .complaint(let complaint):
            log(.warning, complaint.text, ["object": complaint.subject])
        case .healthChecks(let checks): reconcile(checks)
        case .withoutLocal(let family, let internally, let externally):
            metrics.update(family) {
                $0.withoutLocalInternal = internally
                $0.withoutLocalExternal = externally
            }
        case .node(let node): health.update(isNodeEligible: node.isEligible)
        }
    }

    package func take(_ cleanup: CleanupReport) {
        metrics.update(cleanup.family) { $0.cleaned(cleanup) }
        guard let failure = cleanup.failure else { return }
        log(
            .warning, "stale connections may be left; they are looked for again",
            ["family": "\(cleanup.family)", "cause": "\(failure)"])
    }

    private func changed() {
        let now = Moment.now
        for family in families {
            health.update { $0.queued(family, at: now) }
            metrics.update(family) { $0.queued(at: now.wall) }
        }
    }

    private func applied(_ family: IPFamily, _ applied: SyncEvent.Applied) {
        let now = Moment.now
        health.update {
            $0.began(family)
            $0.applied(family, at: now)
        }
        metrics.update(family) {
            $0.synced(applied.duration, isFull: applied.isFull, at: now.wall)
            $0.services = applied.total
            $0.endpoints = applied.backends
            $0.conflicts = applied.conflicts
            $0.isolatedServices = applied.refused
            $0.commands += applied.commands
            $0.programmed(
                ProgrammingLatency.samples(applied.notes, now: now.wall, since: start))
        }
        guard applied.services > 0 else { return }
        let level: LogLevel = applied.isFull ? .info : .debug
        log(
            level, applied.isFull ? "programmed all services" : "programmed changed services",
            [
                "family": "\(family)", "services": "\(applied.services)",
                "elements": "\(applied.elements)", "took": applied.duration.text,
            ])
    }

    private func failed(_ family: IPFamily, _ error: NFTablesError, _ services: [ObjectKey]) {
        health.update { $0.failed(family, "\(error)") }
        metrics.update(family) { $0.syncFailures += 1 }
        let some = services.prefix(Self.namedServices).map(\.description).joined(separator: ", ")
        let more = services.count - Self.namedServices
        // Any table's change is one, such as an agent's own: it says nothing of ours.
        let level: LogLevel = error.code == .generationMismatch ? .info : .error
        log(
            level, "changes are not in the kernel; it is read again and they are tried again",
            [
                "family": "\(family)", "services": more > 0 ? "\(some) and \(more) more" : some,
                "cause": "\(error)",
            ])
    }

    /// More names would fill the log, not help.
    private static let namedServices = 5

    private func ready(_ duration: Duration) {
        log(.info, "ready", ["after": duration.text])
        try? manager.tell(.ready, .status("programs services"))
    }

    package func stopping() { try? manager.tell(.stopping) }

    private func reconcile(_ checks: [ObjectKey: SyncEvent.HealthCheck]) {
        let ports = checks.mapValues {
            HealthCheckPort(Port(rawValue: $0.port), localEndpoints: $0.localEndpoints)
        }
        self.ports.reconcile(ports) { service, error in
            log(
                .warning, "a load balancer cannot ask for a service's health",
                ["service": "\(service)", "cause": "\(error)"])
        }
    }
}

extension Duration {
    /// In milliseconds.
    fileprivate var text: String {
        let microseconds = self / .microseconds(1)
        return "\((microseconds / 100).rounded() / 10)ms"
    }
}
