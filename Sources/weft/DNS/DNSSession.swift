import DNS
import Inspection
import JSON
import Kubernetes
import Netlink
import Network
import Platform
import Support

/// One run of `weft dns`.
struct DNSSession {
    private let arguments: Arguments
    private let nodeLocal: NodeLocalArguments?
    private let log: Log
    private let format: Support.LogFormat
    private let loader: PlanLoader
    private let surroundings = Surroundings.system

    init(_ arguments: Arguments) throws {
        self.arguments = arguments
        guard let level = LogLevel(word: arguments.text("log-level") ?? "") else {
            throw UsageError("--log-level must be debug, info, warning or error")
        }
        switch arguments.text("log-format") {
        case "text": format = .text
        case "json": format = .json
        default: throw UsageError("--log-format must be text or json")
        }
        log = Log(from: level, format)
        let flag = arguments.has("p") ? "p" : "dns.port"
        let port = try arguments.number(flag, in: 1...Int(UInt16.max))
        nodeLocal = try NodeLocalArguments(arguments)
        loader = PlanLoader(
            arguments.text("conf"), port: Port(rawValue: UInt16(port)), surroundings,
            nodeLocal: nodeLocal?.settings)
    }
}

extension DNSSession {
    func run() throws -> ExitCode {
        if let nodeLocal, nodeLocal.isCleanup {
            try NodeLocalKeeper.cleanUp()
            return .success
        }
        var loader = loader
        let first = try loader.load()
        if arguments.has("check") {
            try StandardStream.output.write("the Corefile is right\n")
            return .success
        }
        // Before the first other thread, which inherits it.
        try SignalSource.block(ServerProgram.signals + [.pipe])
        let request = ObjectRequest(first.file)
        let source = try request.map(open)
        defer { source?.stop() }
        var program = try ServerProgram(
            loader, source?.store, surroundings, cookies: try CookieSecret.random(),
            try settings(request, source))
        try program.receive(ServerProgram.signals)
        if let path = arguments.text("pidfile") {
            try File.replace(path, with: "\(ProcessID.current.rawValue)\n".utf8.span)
        }
        try program.run()
        return .success
    }

    private func settings(
        _ request: ObjectRequest?, _ source: (any ObjectSource)?
    ) throws -> ProgramSettings {
        var settings = ProgramSettings(log)
        settings.sample = try arguments.number("log-sample", in: 1...1_000_000)
        settings.isQuiet = arguments.has("quiet")
        settings.writeQueries = { [format] lines in
            // Where CoreDNS writes them; a log that cannot be written is nothing to log.
            try? StandardStream.output.write(QueryLines.text(lines, format))
        }
        settings.families = {
            (source.map { SourceMetrics($0).families } ?? []) + ProcessMetrics.current.families
        }
        settings.check = { file in try ObjectRequest.check(file, started: request) }
        return settings
    }

    private func open(_ request: ObjectRequest) throws -> any ObjectSource {
        let report: @Sendable (Report) -> Void = { [log] report in log(report) }
        if let directory = arguments.text("manifests") {
            return try ManifestSource(directory: directory, report: report)
        }
        var credentials = CredentialsSettings(
            kubeconfig: arguments.text("kubeconfig") ?? request.kubeconfig,
            context: arguments.text("context") ?? request.context,
            environment: Environment.variables)
        credentials.server = request.endpoint
        credentials.certificates = request.certificates
        var options = ListWatchOptions()
        options.use = request.use
        return try ServerSource(
            credentials, Dictionary(uniqueKeysWithValues: request.kinds.map { ($0, options) }),
            givesWay: true, report: report)
    }
}

/// Lines about questions, as CoreDNS writes them or as objects.
enum QueryLines {
    static func text(_ lines: [String], _ format: Support.LogFormat) -> String {
        switch format {
        case .text: lines.map { "[INFO] \($0)\n" }.joined()
        case .json:
            lines.map { line in
                let members: JSONObject = ["level": .string("info"), "query": .string(line)]
                return JSONValue.object(members).text + "\n"
            }.joined()
        }
    }
}

extension Surroundings {
    /// This machine.
    static var system: Surroundings {
        let hostname = (try? Machine.hostname) ?? "localhost"
        return Surroundings(
            addresses: { name throws(DNSError) in try localAddresses(name) },
            families: families, hostname: hostname, version: Version.current)
    }

    private static var families: [IPFamily] {
        IPFamily.allCases.filter { family in
            let address: IPAddress =
                family == .v4
                ? .v4(IPv4Address(127, 0, 0, 1)) : .v6(IPv6Address(high: 0, low: 1))
            return (try? UDPSocket(AddressAndPort(address, 0))) != nil
        }
    }

    private static func localAddresses(_ name: InterfaceName?) throws(DNSError) -> [IPAddress] {
        do {
            var connection = try Netlink.Connection(.route)
            guard let name else {
                return try connection.list(.addresses).map(\.address.address)
            }
            guard let link = try connection.find(.link(.name(name))) else { return [] }
            return try connection.list(.addresses(on: link.index)).map(\.address.address)
        } catch {
            throw DNSError(.configuration, "list the addresses of interfaces", "\(error)")
        }
    }
}

extension CookieSecret {
    static func random() throws(PlatformError) -> CookieSecret {
        var octets = [16 of UInt8](repeating: 0)
        var span = octets.mutableSpan
        try fillRandom(&span)
        var halves: [UInt64] = [0, 0]
        for index in 0..<16 { halves[index / 8] = halves[index / 8] << 8 | UInt64(octets[index]) }
        return CookieSecret(low: halves[0], high: halves[1])
    }
}
