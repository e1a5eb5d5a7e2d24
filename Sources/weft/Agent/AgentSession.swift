import Agent
import DNS
import Inspection
import Kubernetes
import Network
import Platform
import Proxy
import Support

/// One run of `weft agent`: one source of objects, and the parts that live on it.
struct AgentSession {
    private let configuration: AgentConfiguration
    private let file: String?
    private let nodeName: String
    private let log: Log

    init(_ configuration: AgentConfiguration, file: String?, _ log: Log) throws {
        var configuration = configuration
        configuration.proxy.configuration.hostnameOverride = configuration.nodeName
        nodeName = try NodeName.resolve(configuration.proxy.configuration)
        self.configuration = configuration
        self.file = file
        self.log = log
    }
}

extension AgentSession {
    func run() throws -> ExitCode {
        // Before the first other thread, which inherits it.
        try SignalSource.block(Follower.signals + [.pipe])
        let names = try configuration.dns.isEnabled ? AgentNames(configuration, log) : nil
        let source = try open(names?.request)
        defer { source.stop() }
        let state = AgentState(nodeName: nodeName, parts: parts)
        let services = try configuration.proxy.isEnabled ? proxy(source, state) : nil
        let threads = PartThreads(state, log)
        let listeners = try listen(state, source, services)
        defer { withExtendedLifetime(listeners) {} }
        var agent = try NodeAgent(
            configuration, of: source.store, state, signals: Follower.signals,
            announcer: try announcer, log)
        if let services {
            try threads.start(.proxy, { try services.run() }, stop: { services.stop() })
        }
        if let names { try names.start(source, state, threads) }
        let isOutdated = Flag()
        let (end, waker) = (Flag(), agent.waker)
        let watch = try file.map { file throws(PlatformError) in
            try ConfigurationWatch(file) {
                isOutdated.set()
                end.set()
                waker.wake()
            }
        }
        defer { extendLifetime(watch) }
        log(.info, "started", ["node": nodeName, "version": Version.current])
        try agent.run(until: end)
        try? ServiceManager().tell(.stopping)
        threads.stop()
        if isOutdated.isSet { throw outdated }
        return .success
    }

    private var parts: Set<AgentPart> {
        var parts: Set<AgentPart> = [.masquerade]
        if configuration.routes.isEnabled { parts.insert(.routes) }
        if configuration.cni.isEnabled { parts.insert(.cni) }
        if configuration.proxy.isEnabled { parts.insert(.proxy) }
        if configuration.dns.isEnabled { parts.insert(.dns) }
        return parts
    }

    private var outdated: ConfigurationError {
        ConfigurationError(
            file ?? "", "has changed",
            remedy: "the agent is to be started again, as its service manager does")
    }
}

extension AgentSession {
    private func proxy(_ source: any ObjectSource, _ state: AgentState) throws -> ProxyProgram {
        var settings = ProxySettings(configuration.proxy.configuration, nodeName: nodeName)
        settings.families = KernelNeeds.present(of: settings.families)
        let program = try ProxyProgram(
            configuration.proxy.configuration, settings, of: source.store, log,
            manager: ServiceManager(variable: { _ in nil })
        ) {
            SourceMetrics(source).families + AgentMetrics(state).families
                + ProcessMetrics.current.families
        }
        state.observe(.proxy) { [store = source.store] in
            PartState(program.reporter.health, store.snapshot)
        }
        return program
    }

    /// Everything that is watched, once for all parts.
    private func open(_ names: ObjectRequest?) throws -> any ObjectSource {
        let report: @Sendable (Report) -> Void = { [log] report in log(report) }
        if !configuration.manifests.isEmpty {
            return try ManifestSource(directory: configuration.manifests, report: report)
        }
        return try ServerSource(credentials, kinds(names), report: report)
    }

    private var credentials: CredentialsSettings {
        let client = configuration.proxy.configuration.client
        let file = [configuration.kubeconfig, client.kubeconfig].first { !$0.isEmpty }
        var credentials = CredentialsSettings(
            kubeconfig: file, environment: Environment.variables)
        credentials.server = client.master.isEmpty ? nil : client.master
        return credentials
    }

    /// Manifests have nobody to be told.
    private var announcer: NetworkAnnouncer? {
        get throws {
            guard configuration.manifests.isEmpty, configuration.routes.isEnabled else {
                return nil
            }
            let patched = (nodeName, credentials)
            return try NetworkAnnouncer(log) {
                try StatusPatch.node(patched.0, $0).send(with: patched.1)
            }
        }
    }

    private func kinds(_ names: ObjectRequest?) -> [Kind: ListWatchOptions] {
        var kinds: [Kind: ListWatchOptions] = [:]
        if configuration.proxy.isEnabled {
            kinds = ListWatchOptions.proxy(nodeName: nodeName)
        }
        for kind in names?.kinds ?? [] { kinds[kind] = ListWatchOptions() }
        for kind in NodeAgent.kinds { kinds[kind] = ListWatchOptions() }
        return kinds
    }
}

extension AgentSession {
    private func listen(
        _ state: AgentState, _ source: any ObjectSource, _ services: ProxyProgram?
    ) throws -> AgentListeners {
        let answers = AgentAnswers(
            state, source, from: place, services?.endpoints
        ) { SourceMetrics(source).families + ProcessMetrics.current.families }
        return try AgentListeners(answers, configuration.status) { [log] error in
            log(.warning, "cannot listen; trying again", ["cause": "\(error)"])
        }
    }

    /// Where objects come from, for people.
    private var place: String {
        if !configuration.manifests.isEmpty { return configuration.manifests }
        let file = [configuration.kubeconfig, configuration.proxy.configuration.client.kubeconfig]
        return file.first { !$0.isEmpty } ?? "the API server"
    }
}

extension PartState {
    fileprivate init(_ health: HealthState, _ snapshot: Snapshot) {
        self.init()
        isReady = health.isReady
        let families = health.status(at: .now)
        lastSync = families.compactMap(\.status.lastApplied).min { $0.monotonic < $1.monotonic }
        problem = families.compactMap(\.status.lastError).first
        counts = [
            "service": snapshot.count(of: .service), "slice": snapshot.count(of: .endpointSlice),
        ]
    }
}
