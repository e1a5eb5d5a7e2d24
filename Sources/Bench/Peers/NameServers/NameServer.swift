import Network
import Platform
import Topology

/// A program that answers for names, and how it is made to do what all others do as well.
protocol NameServer: Sendable {
    /// As the circumstance `program` has it.
    var name: String { get }
    /// What it can answer as the others do.
    var kinds: Set<QuestionKind> { get }
    var transports: Set<NameTransport> { get }

    /// Writes what it needs; nil if it has no such duty.
    func program(for duty: NameDuty, at site: NameSite) throws -> Program?
}

extension NameServer {
    var kinds: Set<QuestionKind> { Set(QuestionKind.allCases) }
    var transports: Set<NameTransport> { Set(NameTransport.allCases) }
}

/// What a server is there for.
enum NameDuty: Sendable {
    /// To know the names of a cluster.
    case cluster(ClusterSources)
    /// To know the names of a zone, for those who ask others.
    case upstream(ZoneFiles)
    /// To ask another server, and to keep what it says.
    case cache(upstream: AddressAndPort)
}

/// The names of a cluster in all the forms that servers take them in.
struct ClusterSources: Sendable {
    let names: ServedNames
    let zones: ZoneFiles
    /// For those that watch objects.
    let objects: APIObjects
    let server: APIServer

    /// The files are in a directory, and objects are served on a machine, where the client runs.
    init(
        _ names: ServedNames, _ zones: ZoneFiles, on host: Host, _ placement: Placement
    ) throws {
        self.names = names
        self.zones = zones
        objects = try APIObjects(ServedObjects(names.cluster))
        server = try APIServer.listening(in: host.namespace, objects)
        try server.pin(to: placement.client)
    }
}

/// Where a server runs.
struct NameSite: Sendable {
    /// Nobody else writes there.
    let directory: String
    let port: Port
    /// How many of its threads or processes answer.
    let threads: Int

    /// Where it may tell what it has done.
    var statusPort: Port { Port(port.rawValue + 1000) }

    static let addresses: [IPAddress] = [.v4(.loopback), .v6(.loopback)]

    /// Where it listens, in the form of a program's configuration.
    func listeners(_ text: (IPAddress, Port) -> String) -> [String] {
        Self.addresses.map { text($0, port) }
    }

    /// Writes a file, and says where it is.
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try File.replace(path, with: text.utf8.span, durably: false)
        return path
    }
}
