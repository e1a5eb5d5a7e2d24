package import Kubernetes
import NFTables
package import Platform
package import Support
import Synchronization

/// A service proxy from its start to its end: the synchronisation, and what is told of it.
///
/// It listens nowhere itself: whoever runs it decides where `endpoints` answer.
package final class ProxyProgram: Sendable {
    package let endpoints: ProxyEndpoints
    package let reporter: ProxyReporter
    private let configuration: ProxyConfiguration
    private let settings: ProxySettings
    private let store: ObjectStore
    private let log: Log
    private let isStopped = Flag()
    private let waker = Mutex<Waker?>(nil)

    /// Takes the metrics that are to be told beside the proxy's own.
    package init(
        _ configuration: ProxyConfiguration, _ settings: ProxySettings, of store: ObjectStore,
        _ log: Log, manager: ServiceManager = ServiceManager(),
        beside families: @escaping @Sendable () -> [MetricFamily]
    ) throws(PlatformError) {
        let reporter = try ProxyReporter(
            settings, patience: configuration.syncPeriod * 2, log, manager)
        let connections = ConnectionReport(settings, store, log)
        endpoints = ProxyEndpoints(
            reporter.health, reporter.metrics, beside: { families() + connections.families },
            configuration: { configuration.configz })
        self.reporter = reporter
        self.configuration = configuration
        self.settings = settings
        self.store = store
        self.log = log
    }
}

extension ProxyProgram {
    /// Works on the calling thread and in its network namespace, until a signal or `stop`.
    package func run(signals: [Signal] = []) throws {
        var proxy = try ServiceProxy(
            settings, of: store, signals: signals, cleaned: { [reporter] in reporter.take($0) }
        ) { [self] in take($0) }
        reporter.metrics.countPending(of: proxy.subscription)
        waker.withLock { $0 = proxy.waker }
        defer { waker.withLock { $0 = nil } }
        try proxy.run(until: isStopped)
    }

    /// Ends `run` from any thread.
    package func stop() {
        isStopped.set()
        waker.withLock { $0?.wake() }
    }

    private func take(_ event: SyncEvent) {
        reporter.take(event)
        switch event {
        // Only now the kernel has what conntrack's limits are of.
        case .ready: configuration.applyToKernel(log)
        case .failed where !reporter.health.isReady: logNeeds()
        default: break
        }
    }

    private func logNeeds() {
        do { try KernelNeeds.check(settings.families) } catch { log(.error, "\(error)") }
    }
}

/// How many connections services have, as far as they are counted.
private struct ConnectionReport: Sendable {
    let settings: ProxySettings
    let store: ObjectStore
    let log: Log

    init(_ settings: ProxySettings, _ store: ObjectStore, _ log: Log) {
        self.settings = settings
        self.store = store
        self.log = log
    }

    var families: [MetricFamily] {
        do throws(NFTablesError) {
            let family = try ConnectionCounts(settings)?.family(for: store.snapshot)
            return [family].compactMap(\.self)
        } catch {
            log(.warning, "connections to services are not shown", ["cause": "\(error)"])
            return []
        }
    }
}
