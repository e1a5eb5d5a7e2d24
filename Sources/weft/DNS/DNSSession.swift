import DNS
import Inspection
import Kubernetes
import Netlink
import Network
import Platform
import Support

/// One run of `weft dns`.
struct DNSSession {
    private let arguments: Arguments
    private let log: Log

    init(_ arguments: Arguments) throws {
        self.arguments = arguments
        log = Log()
    }
}

extension DNSSession {
    func run() throws -> ExitCode {
        let file = try load()
        if arguments.has("check") { return try check(file) }
        // Before the first other thread, which inherits it.
        try SignalSource.block(Self.signals + [.pipe])
        let source = try open(file)
        defer { source?.stop() }
        let surroundings = Surroundings.system
        let service = NameService(
            source?.store, surroundings, cookies: try CookieSecret.random()
        ) { [log] report in log(report) }
        try service.apply(try ServerPlan(file, surroundings))
        try wait()
        return .success
    }

    private static let signals: [Signal] = [.interrupt, .terminate]

    private func load() throws -> Corefile {
        if let path = arguments.text("conf") { return try Corefile.load(path) }
        return try Corefile.parse(Array(Corefile.kubeadm.utf8), file: "(kubeadm's)")
    }

    private func check(_ file: Corefile) throws -> ExitCode {
        _ = try ServerPlan(file, .system)
        try StandardStream.output.write("the Corefile is right\n")
        return .success
    }

    private func wait() throws {
        var loop = try EventLoop<NoSource>()
        try loop.receive(Self.signals)
        var events: [Event<NoSource>] = []
        while events.isEmpty { try loop.wait(into: &events) }
    }
}

/// A loop that has no descriptors but its own.
private struct NoSource: RawRepresentable, Sendable {
    let rawValue: UInt64
}

extension DNSSession {
    /// The source of objects, if any block is about a cluster.
    private func open(_ file: Corefile) throws -> (any ObjectSource)? {
        let clusters = file.servers.compactMap(\.kubernetes)
        guard let first = clusters.first else { return nil }
        let report: @Sendable (Report) -> Void = { [log] report in log(report) }
        if let directory = arguments.text("manifests") {
            return try ManifestSource(directory: directory, report: report)
        }
        var credentials = CredentialsSettings(
            kubeconfig: arguments.text("kubeconfig") ?? first.kubeconfig?.file,
            context: arguments.text("context") ?? first.kubeconfig?.context,
            environment: Environment.variables)
        credentials.server = first.endpoint
        var kinds: Set<Kind> = [.service, .namespace]
        if clusters.contains(where: \.watchesEndpoints) { kinds.insert(.endpointSlice) }
        if clusters.contains(where: { $0.pods == .verified }) { kinds.insert(.pod) }
        var options = ListWatchOptions()
        options.use = clusters.contains(where: \.namesEndpointsByPod) ? .everything : .names
        return try ServerSource(
            credentials, Dictionary(uniqueKeysWithValues: kinds.map { ($0, options) }),
            report: report)
    }
}

extension Log {
    fileprivate func callAsFunction(_ report: ServiceReport) {
        switch report {
        case .listening(let point): self(.info, "listening", ["at": "\(point)"])
        case .stopped(let point, let error):
            self(.error, "stopped to listen", ["at": "\(point)", "cause": "\(error)"])
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
