import Inspection
import Kubernetes
import NFTables
import Network
import Platform
import Proxy
import Support

/// One run of `weft proxy`, with the source that it was given.
struct ProxySession {
    private let request: ProxyArguments
    private let configuration: ProxyConfiguration
    private let settings: ProxySettings
    private let log: Log

    init(_ request: ProxyArguments, _ configuration: ProxyConfiguration, _ log: Log) throws {
        self.request = request
        self.configuration = configuration
        self.log = log
        let name = try NodeName.resolve(configuration)
        var settings = ProxySettings(configuration, nodeName: name)
        let families = KernelNeeds.present(of: settings.families)
        if families != settings.families {
            log(.info, "this kernel has no IPv6; services have no addresses of it here")
        }
        settings.families = families
        self.settings = settings
    }

    func run() throws -> ExitCode {
        if request.task == .initOnly {
            configuration.applyToKernel(log)
            return .success
        }
        return try withSource { source, reports in
            request.task == .run ? try serve(source) : try once(source, reports)
        }
    }

    /// Answers a question about connections once all objects are there.
    func explain(_ question: ExplainRequest) throws -> [Explanation] {
        try withSource { source, reports in
            try ProxyTasks(settings).explain(question, try snapshot(source, reports))
        }
    }

    private func withSource<Result>(
        _ body: (any ObjectSource, ReportQueue) throws -> Result
    ) throws -> Result {
        // Before the first other thread, which inherits it.
        try SignalSource.block(Follower.signals + [.pipe])
        let reports = ReportQueue()
        let source = try open { [log] report in
            reports.add(report)
            log(report)
        }
        defer { source.stop() }
        return try body(source, reports)
    }

    private func snapshot(_ source: any ObjectSource, _ reports: ReportQueue) throws -> Snapshot {
        var follower = try Follower(source, reports, kinds: ServiceProxy.kinds)
        return try follower.waitForSync(within: Self.patience).snapshot
    }

    private func open(
        _ report: @escaping @Sendable (Report) -> Void
    ) throws -> any ObjectSource {
        if let directory = request.manifests {
            return try ManifestSource(directory: directory, report: report)
        }
        let file = configuration.client.kubeconfig
        var credentials = CredentialsSettings(
            kubeconfig: file.isEmpty ? nil : file, environment: Environment.variables)
        let server = configuration.client.master
        credentials.server = server.isEmpty ? nil : server
        return try ServerSource(
            credentials, ListWatchOptions.proxy(nodeName: settings.nodeName), report: report)
    }

    /// Does what was asked for once all objects are there.
    private func once(_ source: any ObjectSource, _ reports: ReportQueue) throws -> ExitCode {
        let snapshot = try snapshot(source, reports)
        let tasks = ProxyTasks(settings)
        switch request.task {
        case .dryRun: try StandardStream.output.write(try tasks.ruleset(for: snapshot))
        case .diff: try StandardStream.output.write(try tasks.difference(for: snapshot))
        default:
            let refused = try namingNeeds { try tasks.apply(snapshot) }
            for (service, error) in refused {
                log(
                    .error, "the kernel refuses a service",
                    ["service": "\(service)", "cause": "\(error)"])
            }
            return refused.isEmpty ? .success : .failure
        }
        return .success
    }

    /// Says what the kernel lacks, if that is why it refuses.
    private func namingNeeds<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch {
            try KernelNeeds.check(settings.families)
            throw error
        }
    }

    private static let patience = Duration.seconds(30)

    /// Runs until a signal.
    private func serve(_ source: any ObjectSource) throws -> ExitCode {
        let program = try ProxyProgram(configuration, settings, of: source.store, log) {
            SourceMetrics(source).families
        }
        let listeners = try ProxyListeners(
            program.endpoints, health: configuration.healthAddress,
            metrics: configuration.metricsAddress, failsHard: configuration.bindAddressHardFail
        ) { [log] error in
            log(.warning, "cannot listen; trying again", ["cause": "\(error)"])
        }
        defer { withExtendedLifetime(listeners) {} }
        let isOutdated = Flag()
        let watch = try request.file.map { file throws(PlatformError) in
            try ConfigurationWatch(file) {
                isOutdated.set()
                program.stop()
            }
        }
        defer { extendLifetime(watch) }
        try program.run(signals: Follower.signals)
        program.reporter.stopping()
        if isOutdated.isSet { throw outdated }
        return .success
    }

    private var outdated: ConfigurationError {
        ConfigurationError(
            request.file ?? "", "has changed",
            remedy: "the proxy is to be started again, as its service manager does")
    }
}

extension Log {
    func callAsFunction(_ report: Report) {
        switch report.level {
        case .info: self(.info, report.text)
        case .warning: self(.warning, report.text)
        case .error: self(.error, report.text)
        }
    }
}

extension ListWatchOptions {
    /// What a proxy asks the server for (S1 to S4).
    static func proxy(nodeName: String) -> [Kind: ListWatchOptions] {
        var services = ListWatchOptions()
        services.labelSelector = "!service.kubernetes.io/service-proxy-name"
        services.fieldSelector = "spec.clusterIP!=None"
        var slices = ListWatchOptions()
        slices.labelSelector = "!service.kubernetes.io/headless"
        var nodes = ListWatchOptions()
        nodes.fieldSelector = "metadata.name=\(nodeName)"
        var networks = ListWatchOptions()
        networks.isOptional = true
        return [.service: services, .endpointSlice: slices, .node: nodes, .serviceCIDR: networks]
    }
}
