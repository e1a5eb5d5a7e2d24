import CNI
import JSON
import Kubernetes
import Network
import Platform
import Support

extension MachineFacts {
    /// Looks at a machine from the namespaces of the caller; this is all of the doctor that does.
    package init(of settings: DoctorSettings) {
        configuration = settings.configuration
        lookAtKernel()
        look("the runtime's configurations") { facts in
            try facts.readConfigurations(settings.pluginDirectory)
        }
        look("leases of addresses") { facts in try facts.readLeases(settings.dataDirectory) }
        askAgent()
        askServer(settings)
        nameServers = ["udp", "udp6", "tcp", "tcp6"].flatMap { table in
            let text = lines(of: "/proc/thread-self/net/\(table)").joined(separator: "\n")
            return SocketTable.addresses(in: text, port: 53)
        }
    }

    private mutating func readConfigurations(_ directory: String) throws(PlatformError) {
        configurations = try PluginConfiguration.all(in: configuration.cni.directory)
        let used = configurations.first { $0.fault == nil }
        for name in used?.plugins ?? [] {
            plugins[name] = try Self.program(at: "\(directory)/\(name)")
        }
        let path = configuration.cni.rangeFile
        guard try File.status(path) != nil else { return }
        rangeFile = RangeDocument(try File.read(path)).map { .written($0) } ?? .foreign
    }

    private static func program(at path: String) throws(PlatformError) -> PluginProgram {
        guard let status = try File.status(path), status.kind == .file else { return .missing }
        let anybody: UInt32 = 0o111
        return status.mode & anybody == 0 ? .notExecutable : .executable
    }

    private mutating func readLeases(_ directory: String) throws {
        for folder in try LeaseFolder.all(in: directory) {
            leaseDefects += try folder.defects()
            leased[folder.network] = Set(
                try folder.entries().compactMap { entry in
                    guard let owner = entry.owner, let interface = owner.interface else {
                        return nil
                    }
                    return Attachment(
                        network: folder.network, containerID: owner.containerID,
                        interface: interface
                    ).owner
                })
        }
    }

    private mutating func askAgent() {
        do {
            let text = try StatusClient.get("/status", from: configuration.status.socket)
            agent = .status(try JSONValue(document: text.span))
        } catch {
            agent = .silent((error as? PlatformError)?.reason ?? "\(error)")
        }
    }
}

extension MachineFacts {
    private mutating func askServer(_ settings: DoctorSettings) {
        let directory = configuration.manifests
        do {
            guard directory.isEmpty else {
                _ = try Directory.list(directory)
                return
            }
            var probe = try AccessProbe(settings.credentials)
            var refused = try probe.refusals(of: kinds, within: settings.patience)
            // Servers before 1.33 have none, or not in this version.
            if refused[.serviceCIDR] == 404 { refused[.serviceCIDR] = nil }
            access = .answered(refused: refused)
        } catch {
            access = .failed("\(error)")
        }
    }

    /// What the parts of the agent that are switched on ask for.
    private var kinds: Set<Kind> {
        var kinds = Set(NodeAgent.kinds)
        if configuration.proxy.isEnabled { kinds.formUnion(Consumer.proxy.kinds) }
        if configuration.dns.isEnabled { kinds.formUnion(Consumer.dns.kinds) }
        return kinds
    }
}
