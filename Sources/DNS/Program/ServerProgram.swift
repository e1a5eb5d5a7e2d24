package import Kubernetes
import Network
package import Platform
package import Support

/// A DNS server from its start to its end: what it does besides answering questions.
///
/// One thread runs it: takes up changed files, looks for loops, and listens to signals.
package struct ServerProgram: ~Copyable {
    var loop: EventLoop<Chore>
    var loader: PlanLoader
    let settings: ProgramSettings
    let service: NameService
    package let endpoints: StatusEndpoints
    let reloads: ReloadCounts
    package let control: ProgramControl
    let isEnding: Flag
    /// What the node is given, if it is a node's own server.
    var nodeLocal: NodeLocalKeeper?
    /// The hash of the configuration that is in force.
    var hash = ""
    /// The reload that has been waited for is the one of this timer.
    var reloadTimer: EventLoop<Chore>.Timer?
    /// Whether the servers that did not lead back are to be asked once more.
    var probesAll = false

    /// What is done at some time.
    enum Chore: UInt64, Sendable {
        case reload, probe, readiness, errors, end
    }

    package init(
        _ loader: PlanLoader, _ store: ObjectStore?, _ surroundings: Surroundings,
        cookies: CookieSecret, _ settings: ProgramSettings
    ) throws(PlatformError) {
        let log = settings.log
        let (reloads, isEnding) = (ReloadCounts(), Flag())
        let queries = try QueryLog(sample: settings.sample, write: settings.writeQueries)
        let service = NameService(
            store, surroundings, cookies: cookies, log: log, queries: queries
        ) {
            if !settings.isQuiet || !$0.isGreeting { log($0) }
        }
        let metrics = DNSMetrics(
            service.view, reloads, version: surroundings.version, beside: settings.families)
        let endpoints = try StatusEndpoints(
            StatusAnswers(service.view, metrics, isEnding: isEnding))
        let loop = try EventLoop<Chore>()
        control = ProgramControl(loop.waker)
        self.loop = loop
        self.loader = loader
        self.settings = settings
        self.service = service
        self.endpoints = endpoints
        self.reloads = reloads
        self.isEnding = isEnding
    }
}

extension ServerProgram {
    /// What it runs at the moment, for other threads.
    package var view: ServiceView { service.view }
}

/// What a program is told beside its configuration.
package struct ProgramSettings: Sendable {
    package var log: Log
    /// Of so many questions that are to be logged, one is.
    package var sample = 1
    package var writeQueries: @Sendable ([String]) -> Void = { _ in }
    /// Does not say where it listens.
    package var isQuiet = false
    package var manager = ServiceManager()
    /// Metrics of others.
    package var families: @Sendable () -> [MetricFamily] = { [] }
    /// Refuses a changed configuration that needs a new start.
    package var check: @Sendable (Corefile) throws -> Void = { _ in }

    package init(_ log: Log) { self.log = log }
}

/// Lets other threads do what signals do.
package final class ProgramControl: Sendable {
    private let waker: Waker
    private let ends = SharedFlag()
    private let reloads = SharedFlag()

    init(_ waker: Waker) { self.waker = waker }

    package func end() {
        ends.raise()
        waker.wake()
    }

    package func reload() {
        reloads.raise()
        waker.wake()
    }

    func takeEnd() -> Bool { ends.take() }

    func takeReload() -> Bool { reloads.take() }
}

extension ServiceReport {
    fileprivate var isGreeting: Bool { if case .listening = self { true } else { false } }
}

extension Log {
    func callAsFunction(_ report: ServiceReport) {
        switch report {
        case .listening(let point): self(.info, "listening", ["at": "\(point)"])
        case .stopped(let point, let error):
            self(.error, "stopped to listen", ["at": "\(point)", "cause": "\(error)"])
        case .looping(let servers):
            self(
                .error,
                "what is forwarded comes back; these servers are not asked until that ends. "
                    + "Name servers in forward that do not ask this one, or a resolv.conf without it",
                ["servers": servers.text])
        case .loopEnded(let servers):
            self(
                .info, "what is forwarded no longer comes back", ["servers": servers.text])
        case .reread(let path): self(.info, "read a file again", ["file": path])
        case .unreadable(let path, let error):
            self(
                .error, "a file cannot be used, and counts as it was before",
                ["file": path, "cause": "\(error)"])
        }
    }
}

extension [AddressAndPort] {
    fileprivate var text: String { map { "\($0)" }.joined(separator: " ") }
}
