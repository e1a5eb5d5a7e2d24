import Agent
import DNS
import Inspection
import Kubernetes
import Platform
import Support

/// The DNS server of an agent: of the node, or of the cluster, on the agent's own objects.
struct AgentNames {
    /// What it needs to be told of; nil if its configuration has no cluster.
    let request: ObjectRequest?
    private let loader: PlanLoader
    private let log: Log

    init(_ configuration: AgentConfiguration, _ log: Log) throws {
        let settings = configuration.dns
        var nodeLocal: NodeLocalSettings?
        if !(settings.localAddresses + settings.serviceAddresses).isEmpty {
            var addresses = NodeLocalSettings()
            addresses.localAddresses = settings.localAddresses
            addresses.serviceAddresses = settings.serviceAddresses
            nodeLocal = addresses
        }
        var loader = PlanLoader(
            settings.corefile.isEmpty ? nil : settings.corefile, .system, nodeLocal: nodeLocal)
        request = ObjectRequest(try loader.load().file)
        self.loader = loader
        self.log = log
    }

    func start(
        _ source: any ObjectSource, _ state: AgentState, _ threads: PartThreads
    ) throws {
        let running = RunningNames()
        state.observe(.dns) { running.state }
        let (loader, cookies, settings) = (loader, try CookieSecret.random(), settings)
        let store = request == nil ? nil : source.store
        try threads.start(
            .dns,
            {
                var program = try ServerProgram(
                    loader, store, .system, cookies: cookies, settings)
                running.began(program.control, program.view)
                try program.run()
            }, stop: { running.stop() })
    }

    private var settings: ProgramSettings {
        var settings = ProgramSettings(log)
        settings.manager = ServiceManager(variable: { _ in nil })
        settings.writeQueries = { lines in
            // A log that cannot be written is nothing to log.
            try? StandardStream.output.write(QueryLines.text(lines, .text))
        }
        settings.families = { ProcessMetrics.current.families }
        let request = request
        settings.check = { file in try ObjectRequest.check(file, started: request) }
        return settings
    }
}
