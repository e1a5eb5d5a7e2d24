package import Kubernetes
package import Network
package import Platform
package import Support
import TLS

/// Runs what a plan says, and passes from one plan to the next without leaving a question.
package final class NameService {
    private let epochs = Epochs(readers: mostReaders)
    private let store: ObjectStore?
    private let surroundings: Surroundings
    private let report: @Sendable (ServiceReport) -> Void
    private let cookies: CookieSecret
    private let queries: QueryLog?
    private let log: Log
    private var keepers: [KeptIndex] = []
    private var caches: [ResolverCache] = []
    private var resolver: Resolver?
    private var prober: LoopProber?
    private var errors: ErrorLog?
    private var files: FileKeeper?
    private var listeners: [ListeningPoint: Listening] = [:]
    private(set) package var plan = ServerPlan()
    /// What runs, for other threads to look at.
    package let view = ServiceView()

    /// Every thread that answers is one, and every cache.
    private static let mostReaders = 1024

    package init(
        _ store: ObjectStore?, _ surroundings: Surroundings, cookies: CookieSecret,
        log: Log = Log(), queries: QueryLog? = nil,
        report: @escaping @Sendable (ServiceReport) -> Void
    ) {
        self.store = store
        self.surroundings = surroundings
        self.cookies = cookies
        self.log = log
        self.queries = queries
        self.report = report
    }

    deinit { stop() }

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
package enum ServiceReport: Hashable, Sendable {
    case listening(ListeningPoint)
    case stopped(ListeningPoint, PlatformError)
    /// What is sent to these servers comes back.
    case looping([AddressAndPort])
    case loopEnded([AddressAndPort])
    /// A file had changed, and counts as it is now.
    case reread(String)
    /// A file had changed, and counts as it was before.
    case unreadable(String, DNSError)
}

extension NameService {
    /// Passes to a plan: all of it, or none if a part of it cannot be had.
    package func apply(_ plan: ServerPlan) throws {
        let keepers = try indexes(for: plan)
        let caches = try caches(for: plan)
        let loops = LoopWatch()
        let errors = errorLog(plan)
        let resolver =
            plan.pools.isEmpty
            ? nil
            : try Resolver(plan.pools, caches: caches, loops: loops) { errors.failed($0, $1) }
        let files = try FileKeeper(plan.files, report: report)
        let catalogs = try CatalogBuilder(
            plan, keepers.map { ($0.settings, $0.keeper.index) }, caches, surroundings, cookies,
            loops, view.book, queries, store: store
        ).catalogs(asking: resolver)
        let contexts = try plan.tlsContexts(surroundings)
        take(catalogs, contexts, resolver, try open(plan, catalogs, contexts))
        self.errors?.flush(at: .now + Directive.longestDuration)
        (self.keepers, self.plan, self.errors) = (keepers, plan, errors)
        (self.caches, self.files) = (caches, files)
        prober = resolver.map { LoopProber($0, loops, plan.loopTargets, report: report) }
        view.show(
            .init(
                plan: plan, indexes: keepers.map { ($0.settings, $0.keeper.index) },
                caches: caches, resolver: resolver, loops: loops, store: store,
                queries: queries))
    }

    /// The caches that a plan needs, those whose answers it could have got itself among them.
    private func caches(for plan: ServerPlan) throws(PlatformError) -> [ResolverCache] {
        var known = Array(zip(self.plan.cacheOrigins, caches))
        return try zip(plan.cacheOrigins, plan.blocks.compactMap(\.cache)).map {
            origin, settings throws(PlatformError) in
            if let same = known.firstIndex(where: { $0.0 == origin }) {
                return known.remove(at: same).1
            }
            return try ResolverCache(settings, readers: epochs)
        }
    }

    private func errorLog(_ plan: ServerPlan) -> ErrorLog {
        var options: [Int: ErrorsOptions] = [:]
        for (number, block) in plan.blocks.enumerated() { options[number] = block.options.errors }
        return ErrorLog(options, log)
    }

    /// Puts everything new into force; from here on nothing fails.
    private func take(
        _ catalogs: [ListeningPoint: Catalog], _ contexts: [ListeningPoint: TLSContext],
        _ resolver: Resolver?, _ opened: [ListeningPoint: Listening]
    ) {
        for (point, listening) in listeners {
            if let catalog = catalogs[point] {
                listening.use(catalog, tls: contexts[point])
            } else {
                listening.stop()
                listeners[point] = nil
            }
        }
        for (point, listening) in opened {
            listeners[point] = listening
            report(.listening(point))
        }
        // The one before ends by itself, after the last question that it was handed.
        self.resolver = resolver
    }

    /// Listens where nobody does yet: at all of these points, or at none.
    private func open(
        _ plan: ServerPlan, _ catalogs: [ListeningPoint: Catalog],
        _ contexts: [ListeningPoint: TLSContext]
    ) throws -> [ListeningPoint: Listening] {
        var opened: [ListeningPoint: Listening] = [:]
        do {
            for (point, catalog) in catalogs where listeners[point] == nil {
                opened[point] = try open(
                    point, plan.socketCount(at: point), catalog, contexts[point])
            }
        } catch {
            for listening in opened.values { listening.stop() }
            throw error
        }
        return opened
    }

    private func open(
        _ point: ListeningPoint, _ sockets: Int, _ catalog: Catalog, _ context: TLSContext?
    ) throws(DNSError) -> Listening {
        do throws(PlatformError) {
            return try Listening(
                point, catalog, tls: context, epochs, threads: sockets, view.book, queries
            ) { [report] error in report(.stopped(point, error)) }
        } catch {
            throw DNSError(.socket, "listen at \(point)", error.reason)
        }
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
        if areSynced(keepers), !keepers.isEmpty { awaitNames(of: kept) }
        return kept
    }

    private func areSynced(_ kept: [KeptIndex]) -> Bool {
        kept.allSatisfy { $0.keeper.index.isSynced }
    }

    /// Lets new indexes take up what is known, so that what was answered is not unknown in between.
    private func awaitNames(of kept: [KeptIndex]) {
        let deadline = MonotonicTime.now + Self.longestReading
        while !areSynced(kept), MonotonicTime.now < deadline { sleep(for: .milliseconds(1)) }
    }

    /// Far longer than any cluster's objects take, unless there are none of a kind.
    private static let longestReading = Duration.seconds(5)
}

extension NameService {
    package var points: [ListeningPoint] { Array(listeners.keys) }

    /// Looks for questions that come back: to all pools of blocks with `loop`, or to those from
    /// which they did.
    package func probe(onlyLooping: Bool) { prober?.probe(onlyLooping: onlyLooping) }

    /// Looks at all files of hosts and zones now.
    package func rereadFiles() { files?.hurry() }

    /// Writes what is to be said of errors whose periods are over.
    package func flushErrors(at now: MonotonicTime) { errors?.flush(at: now) }

    /// Takes no more questions.
    package func stop() {
        for listening in listeners.values { listening.stop() }
        listeners = [:]
        resolver?.stop()
        errors?.flush(at: .now + Directive.longestDuration)
    }
}
