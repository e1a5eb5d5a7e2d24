package import Kubernetes
package import Platform
import TLS

/// Runs what a plan says, and passes from one plan to the next without leaving a question.
package final class NameService {
    private let epochs = Epochs(readers: mostReaders)
    private let store: ObjectStore?
    private let surroundings: Surroundings
    private let report: @Sendable (ServiceReport) -> Void
    private let cookies: CookieSecret
    private let loops = LoopWatch()
    private var keepers: [KeptIndex] = []
    private var resolver: Resolver?
    private var caches: [ResolverCache] = []
    private var listeners: [ListeningPoint: Listening] = [:]
    private(set) package var plan = ServerPlan()

    /// Every thread that answers is one, and every cache.
    private static let mostReaders = 1024

    package init(
        _ store: ObjectStore?, _ surroundings: Surroundings, cookies: CookieSecret,
        report: @escaping @Sendable (ServiceReport) -> Void
    ) {
        self.store = store
        self.surroundings = surroundings
        self.cookies = cookies
        self.report = report
    }

    deinit { for listening in listeners.values { listening.stop() } }

    /// An index and what it was made for.
    private final class KeptIndex {
        let settings: ClusterSettings
        let keeper: IndexKeeper

        init(_ settings: ClusterSettings, _ keeper: consuming IndexKeeper) {
            self.settings = settings
            self.keeper = keeper
        }
    }
}

/// What a running service has to say.
package enum ServiceReport: Sendable {
    case listening(ListeningPoint)
    case stopped(ListeningPoint, PlatformError)
}

extension NameService {
    /// Passes to a plan: all of it, or none if a part of it cannot be had.
    package func apply(_ plan: ServerPlan) throws {
        let keepers = try indexes(for: plan)
        let caches = try plan.blocks.compactMap(\.cache).map { settings in
            try ResolverCache(settings, readers: epochs)
        }
        let resolver =
            plan.pools.isEmpty ? nil : try Resolver(plan.pools, caches: caches, loops: loops)
        let catalogs = try CatalogBuilder(
            plan, keepers.map { ($0.settings, $0.keeper.index) }, caches, surroundings, cookies
        ).catalogs()
        var opened: [ListeningPoint: Listening] = [:]
        let contexts = try plan.tlsContexts(surroundings)
        for (point, catalog) in catalogs where listeners[point] == nil {
            opened[point] = try open(point, catalog, contexts[point])
        }
        take(catalogs, contexts, resolver, opened)
        (self.keepers, self.caches, self.plan) = (keepers, caches, plan)
    }

    /// Puts everything new into force; from here on nothing fails.
    private func take(
        _ catalogs: [ListeningPoint: Catalog], _ contexts: [ListeningPoint: TLSContext],
        _ resolver: Resolver?, _ opened: [ListeningPoint: Listening]
    ) {
        for (point, listening) in listeners {
            if let catalog = catalogs[point] {
                listening.use(catalog, tls: contexts[point], resolver)
            } else {
                listening.stop()
                listeners[point] = nil
            }
        }
        for (point, listening) in opened {
            listening.use(resolver)
            listeners[point] = listening
            report(.listening(point))
        }
        self.resolver?.stop()
        self.resolver = resolver
    }

    private func open(
        _ point: ListeningPoint, _ catalog: Catalog, _ context: TLSContext?
    ) throws(PlatformError) -> Listening {
        try Listening(
            point, catalog, tls: context, epochs, threads: Machine.processorCount
        ) { [report] error in report(.stopped(point, error)) }
    }

    /// The indexes that a plan needs, those that there are among them.
    private func indexes(for plan: ServerPlan) throws -> [KeptIndex] {
        guard let store else { return [] }
        var kept: [KeptIndex] = []
        for settings in plan.blocks.compactMap(\.cluster)
        where !kept.contains(where: { $0.settings.hasSameIndex(as: settings) }) {
            let known = keepers.first { $0.settings.hasSameIndex(as: settings) }
            kept.append(
                try known
                    ?? KeptIndex(
                        settings, try IndexKeeper(settings, of: store, readers: epochs)))
        }
        return kept
    }
}

extension NameService {
    /// Whether all names are known that are to be served.
    package var isReady: Bool { keepers.allSatisfy { $0.keeper.index.isSynced } }

    package var points: [ListeningPoint] { Array(listeners.keys) }
}
