import Kubernetes
import Platform
import Synchronization

/// A server that is watched: one of ours, or one that a kubeconfig leads to.
struct WatchedServer: Sendable {
    let credentials: CredentialsSettings
    /// Nil where the server is not ours.
    let own: APIServer?

    static let kinds: Set<Kind> = [.service, .endpointSlice]

    init(_ server: APIServer) {
        own = server
        var credentials = CredentialsSettings(environment: [:])
        credentials.server = server.url
        self.credentials = credentials
    }

    /// A file's or, without one, whatever kubectl would find.
    init(kubeconfig: String?, context: String?) {
        own = nil
        credentials = CredentialsSettings(
            kubeconfig: kubeconfig, context: context, environment: Environment.variables)
    }
}

/// A source at work, and the consumer of its store.
struct WatchingSource: ~Copyable {
    private let source: ServerSource
    private let reports: Reports
    private let server: WatchedServer
    var consumer: StoreConsumer

    /// What the source has said last that was wrong.
    private final class Reports: Sendable {
        let last = Mutex("nothing was said about why")
    }

    init(_ server: WatchedServer) throws {
        let reports = Reports()
        let kinds = WatchedServer.kinds.map { ($0, ListWatchOptions()) }
        let source = try ServerSource(
            server.credentials, Dictionary(uniqueKeysWithValues: kinds)
        ) { report in
            if report.level != .info { reports.last.withLock { $0 = report.text } }
        }
        let consumer = try StoreConsumer(source.store, WatchedServer.kinds)
        self.source = source
        self.reports = reports
        self.server = server
        self.consumer = consumer
    }
}

extension WatchingSource {
    mutating func waitUntilSynced(within patience: Duration) throws {
        let isSynced = try consumer.wait(within: patience) { look in
            WatchedServer.kinds.allSatisfy { look.snapshot[state: $0].isSynced }
        }
        guard isSynced else {
            throw BenchError(
                .traffic, "list the objects of \(server.credentials.server ?? "the API server")",
                reports.last.withLock(\.self))
        }
    }

    /// How many objects it holds.
    var count: Int {
        WatchedServer.kinds.reduce(0) { $0 + source.store.snapshot.count(of: $1) }
    }

    /// What has come from the server; the source tells it a little later.
    func bytesReceived() -> UInt64 {
        let deadline = MonotonicTime.now + .seconds(2)
        while source.statistics.bytesReceived == 0, MonotonicTime.now < deadline {
            sleep(for: .milliseconds(10))
        }
        return source.statistics.bytesReceived
    }
}

/// Processor time that a source's thread takes: all of the process's but the caller's own and that
/// of our server.
struct SourceWork {
    private let server: APIServer?
    private let begin: Duration

    init(beside server: APIServer?) {
        self.server = server
        begin = Self.used(beside: server)
    }

    var used: Duration { Self.used(beside: server) - begin }

    private static func used(beside server: APIServer?) -> Duration {
        let others = ThreadTime.now.nanoseconds + (server?.processorTime.nanoseconds ?? 0)
        return .nanoseconds(ProcessorTime.now.nanoseconds - others)
    }
}
